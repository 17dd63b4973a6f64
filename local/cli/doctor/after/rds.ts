import { DescribeEventsCommand } from "@aws-sdk/client-rds";
import { type DoctorCheck, type Finding, fail, pass } from "../check.ts";
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
    const now = visit.now();
    const whole = await eventsIn(visit, new Date(now - 3 * HOUR_MS), new Date(now));
    const open = await eventsIn(visit, new Date(now - 3 * HOUR_MS));
    const longest = await eventsIn(visit, new Date(now - FOURTEEN_DAYS_MS + DISTANCE_MS), new Date(now));
    const tooLong = await eventsIn(visit, new Date(now - FOURTEEN_DAYS_MS - 1_000), new Date(now));
    const came = `with EndTime ${whole}, without ${open}; 14 days less a minute ${longest}, 14 days and a second ${tooLong}`;
    if (typeof whole === "string")
      return fail(came, "RDS refuses what each sweep asks.", "Report this with the file that --record writes.");
    if (typeof longest === "string")
      return fail(
        came,
        "RDS refuses the longest window that the guard asks for: a deployment older than 14 days is not backfilled.",
        "Report this with the file that --record writes.",
      );
    return pass(came, "Windows of events are answered as the guard expects.");
  },
};

/** How many events the first page has; RDS's code if it refuses the window. @throws what no window is to blame for */
async function eventsIn({ rds }: Visit, StartTime: Date, EndTime?: Date): Promise<number | string> {
  try {
    const { Events = [] } = await rds.send(new DescribeEventsCommand({ StartTime, EndTime, MaxRecords: 100 }));
    return Events.length;
  } catch (error) {
    if (error instanceof Error && /^InvalidParameter/.test(error.name)) return error.name;
    throw error;
  }
}
