/** When something began and ended, on any one clock. */
export interface Span {
  begun: number;
  ended: number;
}

/** Parts the spans into waves, one after the other: what overlaps, directly or through others, is one wave. */
export function wavesOf<T extends Span>(spans: readonly T[]): T[][] {
  const waves: T[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const span of spans.toSorted((a, b) => a.begun - b.begun)) {
    const wave = waves.at(-1);
    if (wave && span.begun < end) wave.push(span);
    else waves.push([span]);
    end = Math.max(end, span.ended);
  }
  return waves;
}
