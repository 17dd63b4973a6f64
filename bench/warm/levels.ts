/** When something began and ended, on any one clock. */
export interface Span {
  begun: number;
  ended: number;
}

/**
 * The spans by level: each stands one level after the last of those that had ended when it began. There are as many levels as spans in the
 * longest chain of spans one after the other.
 */
export function levelsOf<T extends Span>(spans: readonly T[]): T[][] {
  const levels: T[][] = [];
  for (const span of spans.toSorted((a, b) => a.begun - b.begun)) {
    const level = levels.findLastIndex((others) => others.some(({ ended }) => ended <= span.begun)) + 1;
    levels[level] = [...(levels[level] ?? []), span];
  }
  return levels;
}
