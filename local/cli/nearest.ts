/** The one of `known` that a mistyped word means, as far as that can be told: the only one that begins so, or one of nearly the same letters. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const beginning = known.filter((it) => word !== "" && it.startsWith(word));
  if (beginning.length === 1) return beginning[0];
  const close = known.filter((it) => distance(word, it) <= Math.max(word.length, it.length) / 3);
  return close.sort((one, other) => distance(word, one) - distance(word, other))[0];
}

/** How many letters to add, leave out, change or swap with the next make one word of the other: the optimal string alignment. */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= from.length; row += 1) {
    rows[row] = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const changed = at(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwapped ? at(row - 2, column - 2) + 1 : changed;
      rows[row]?.push(Math.min(changed, swapped, at(row - 1, column) + 1, at(row, column - 1) + 1));
    }
  }
  return at(from.length, to.length);
}
