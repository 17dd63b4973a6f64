/** The value below which the share `part` (0 to 1) of the values lies, by the nearest rank. @throws RangeError without values. */
export function percentile(values: readonly number[], part: number): number {
  const found = values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * part) - 1)];
  if (found === undefined) throw new RangeError("There is no percentile of no values: measure at least one.");
  return found;
}

/** The middle value by the nearest rank. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);
