/** A span of time for which DescribeEvents is asked, in milliseconds since 1970. */
export interface EventWindow {
  from: number;
  until: number;
}

const DAY_MS = 24 * 3_600_000;

/** How long RDS lists an event, in milliseconds. Source: RDS API, DescribeEvents ("events for the past 14 days"). */
const LISTED_MS = 14 * DAY_MS;

/**
 * RDS refuses a whole window that starts exactly 14 days ago ("Events occurring more than 14 days in the past are not available."), and
 * takes one that starts a minute later: measured in us-east-1 on 2026-08-19. The rest is for a call that is late or tried again, and for
 * clocks that differ.
 */
const MARGIN_MS = 10 * 60_000;

/** A window that reaches until now is left open: an event is listed also where this machine's clock is behind. */
const OPEN_MS = DAY_MS;

/** The earliest start that RDS accepts at `now`, both in milliseconds since 1970: a little less than 14 days ago. */
export function earliestListed(now: number): number {
  return now - LISTED_MS + MARGIN_MS;
}

/** The window since `from`, as far as RDS lists it at `now`; all that RDS lists if `from` is NaN. Both in milliseconds since 1970. */
export function eventWindow(from: number, now: number): EventWindow {
  const earliest = earliestListed(now);
  return { from: Number.isNaN(from) ? earliest : Math.min(Math.max(from, earliest), now), until: now + OPEN_MS };
}

/**
 * Splits what `windows` cover until `now` into pieces of a day at most, newest first, so that one refused piece does not take the others
 * with it.
 *
 * No two pieces overlap. What RDS no longer lists is left out, so a window that is never answered shrinks and disappears.
 */
export function piecesOf(windows: readonly EventWindow[], now: number): EventWindow[] {
  const earliest = earliestListed(now);
  const listed = windows.map(({ from, until }) => ({ from: Math.max(from, earliest), until: Math.min(until, now) }));
  const pieces = joined(listed.filter(({ from, until }) => from < until))
    .flatMap(daily)
    .reverse();
  return pieces.map(({ from, until }) => ({ from, until: until === now ? until + OPEN_MS : until }));
}

function joined(windows: readonly EventWindow[]): EventWindow[] {
  const whole: EventWindow[] = [];
  for (const { from, until } of windows.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else whole.push({ from, until });
  }
  return whole;
}

function daily({ from, until }: EventWindow): EventWindow[] {
  return Array.from({ length: Math.ceil((until - from) / DAY_MS) }, (_, day) => ({
    from: from + day * DAY_MS,
    until: Math.min(from + (day + 1) * DAY_MS, until),
  }));
}
