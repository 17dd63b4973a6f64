import type { Item, Records } from "../../clients/records.ts";

/** Key of what a function writes down in a self-test. */
export const selfTestKey = (id: string, functionName: string): string => `selftest#${id}#${functionName}`;

/** What the release function writes down when it hears of the end of a self-test's execution. */
export interface HeardItem extends Item {
  /** Milliseconds since 1970. */
  heardAt: number;
  /** The version of the function, as the event named it; empty if it named none. */
  functionVersion: string;
  expiresAt: number;
}

const HEARD = "heard";
const KEPT_SECONDS = 3_600;

/** Writes down that the end of a self-test's execution was heard of; a second event changes nothing. */
export async function markHeard(id: string, functionArn: unknown, now: number, records: Pick<Records, "write">): Promise<void> {
  const functionVersion = String(functionArn).split(":")[7] ?? "";
  const item: HeardItem = {
    key: selfTestKey(id, HEARD),
    version: 0,
    heardAt: now,
    functionVersion,
    expiresAt: Math.floor(now / 1_000) + KEPT_SECONDS,
  };
  await records.write(item);
}

/** What was heard of the end of a self-test's execution; undefined if nothing was. */
export const readHeard = (id: string, records: Pick<Records, "read">): Promise<HeardItem | undefined> =>
  records.read<HeardItem>(selfTestKey(id, HEARD));
