import type { Rds } from "../../clients/rds/rds.ts";

type Events = Rds["events"];
type Row = Awaited<ReturnType<Events>>[number];

/** How much later than it happened RDS may list an event: the sweep looks back as far. */
const LATE_MS = 60 * 60_000;

/**
 * The same RDS, of whose events only the last hour is asked for again: what it has listed before is remembered in this process.
 *
 * A busy account has thousands of events, of which each answer holds 100. `now` is in milliseconds since 1970.
 */
export function listingOnce<R extends Pick<Rds, "events">>(rds: R, now: () => number): R {
  let kept: { from: number; until: number; rows: readonly Row[] } | undefined;
  const events: Events = async (from, until) => {
    const before = kept && kept.from <= from ? kept : undefined;
    const since = before ? Math.max(from, before.until - LATE_MS) : from;
    const asked = now();
    // The SDK asks for whole seconds.
    const fresh = (await rds.events(since, until)).filter((row) => !(at(row) < since));
    const old = before?.rows.filter((row) => at(row) < since) ?? [];
    // Of a window that ends earlier it is not known what followed.
    if (until >= asked) kept = { from: before?.from ?? from, until: asked, rows: [...old, ...fresh] };
    return [...old.filter((row) => at(row) >= from), ...fresh];
  };
  return { ...rds, events };
}

const at = ({ Date: date }: Row): number => date?.getTime() ?? Number.NaN;
