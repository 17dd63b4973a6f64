import { DescribeEventsCommand } from "@aws-sdk/client-rds";
import { type DoctorCheck, type Finding, fail, pass, unknown } from "../check.ts";
import type { Visit } from "../visit.ts";

const HOUR_MS = 3_600_000;
const FOURTEEN_DAYS_MS = 14 * 24 * HOUR_MS;
/** How far the guard stays away from 14 days. */
const DISTANCE_MS = 60_000;

/** What RDS says of windows of events: what the guard's backfilling rests on. */
export const eventWindows: DoctorCheck = {
  id: "describe-events",
  asked: "RDS's DescribeEvents: three hours with and without EndTime, and 14 days less and more a moment",
  of: "account",
  async ask(visit): Promise<Finding> {
    const whole = await eventsIn(visit, 3 * HOUR_MS);
    const open = await eventsIn(visit, 3 * HOUR_MS, false);
    const asked = visit.now();
    const longest = await eventsIn(visit, FOURTEEN_DAYS_MS - DISTANCE_MS);
    const tooLong = await eventsIn(visit, FOURTEEN_DAYS_MS + 1_000);
    const came = [
      `3 hours with EndTime: ${words(whole)}`,
      `3 hours without EndTime: ${words(open)}`,
      `14 days less a minute: ${words(longest)}`,
      `14 days and a second: ${words(tooLong)}`,
    ].join("; ");
    if (typeof whole === "string")
      return fail(came, "RDS refuses what each sweep asks.", "Report this with the file that --record writes.");
    if (typeof longest === "string" && (await hasMoved(visit, asked)))
      return unknown(
        came,
        "The clock of whoever answers runs faster than that of this computer, as a lab's does: what was refused was too long by that clock.",
        "Run doctor again. For a lab, start it with --speed 1.",
      );
    if (typeof longest === "string")
      return fail(
        came,
        "RDS refuses the longest window that the guard asks for: a deployment older than 14 days is not backfilled.",
        "Report this with the file that --record writes.",
      );
    return pass(came, "Windows of events are answered as the guard expects.");
  },
};

const words = (came: number | string): string => (typeof came === "string" ? `refused as ${came}` : `${came} events`);

/** Whether AWS's time has moved by more than the distance since then; what RDS answers next says it. */
async function hasMoved(visit: Visit, since: number): Promise<boolean> {
  await eventsIn(visit, HOUR_MS);
  return visit.now() - since >= DISTANCE_MS;
}

/** How many events the first page of the last `ms` has; RDS's code if it refuses the window. @throws what no window is to blame for */
async function eventsIn({ rds, now }: Visit, ms: number, hasEnd = true): Promise<number | string> {
  const StartTime = new Date(now() - ms);
  const EndTime = hasEnd ? new Date(now()) : undefined;
  try {
    const { Events = [] } = await rds.send(new DescribeEventsCommand({ StartTime, EndTime, MaxRecords: 100 }));
    return Events.length;
  } catch (error) {
    if (error instanceof Error && /^InvalidParameter/.test(error.name)) return error.name;
    throw error;
  }
}
