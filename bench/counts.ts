/** How many there are of each kind, the kinds in alphabetical order. */
export type Counts = Record<string, number>;

/** Counts the kinds. */
export function tally(kinds: readonly string[]): Counts {
  const counts: Counts = {};
  for (const kind of kinds.toSorted()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** The sum of the kinds that begin with `prefix`; of all kinds if left out. */
export function sum(counts: Counts, prefix = ""): number {
  return Object.entries(counts).reduce((total, [kind, count]) => total + (kind.startsWith(prefix) ? count : 0), 0);
}
