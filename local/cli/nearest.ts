import { distance } from "fastest-levenshtein";

/** The one of `known` that a mistyped word means, as far as that can be told: the only one that begins so, or one of nearly the same letters. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const beginning = known.filter((it) => word !== "" && it.startsWith(word));
  if (beginning.length === 1) return beginning[0];
  const close = known.filter((it) => distance(word, it) <= Math.max(word.length, it.length) / 3 || isSwapped(word, it));
  return close.sort((one, other) => distance(word, one) - distance(word, other))[0];
}

/** True of the same letters, two of them swapped: one mistake, also in a short word. */
const isSwapped = (word: string, known: string): boolean => distance(word, known) === 2 && lettersOf(word) === lettersOf(known);

const lettersOf = (word: string): string => [...word].sort().join("");
