import type { SlackPeople } from "../clients/slack/people.ts";
import type { Log } from "../clients/telemetry.ts";

/** Whether somebody may change something; `unknown` if Slack did not say, which counts as a no. */
export type MayOperate = "yes" | "no" | "unknown";

const KEPT_MS = 5 * 60_000;

/** Creates the function that tells whether a user may change something; asks for a group's members at most once in five minutes. */
export function createOperators({ operators, people, log, now }: OperatorsDependencies): (user: string) => Promise<MayOperate> {
  const known = new Map<string, { members: readonly string[]; at: number }>();
  async function membersOf(group: string): Promise<readonly string[]> {
    const kept = known.get(group);
    if (kept && now() - kept.at < KEPT_MS) return kept.members;
    const members = await people.members(group);
    known.set(group, { members, at: now() });
    return members;
  }
  return async (user) => {
    if (operators.includes(user)) return "yes";
    const groups = operators.filter((it) => it.startsWith("S"));
    try {
      for (const group of groups) if ((await membersOf(group)).includes(user)) return "yes";
      return "no";
    } catch (error) {
      log.error("Operators unknown", { error: error instanceof Error ? error.message : String(error) });
      return "unknown";
    }
  };
}

/** What knowing the operators needs from the outside. */
export interface OperatorsDependencies {
  /** Ids of users and user groups. */
  operators: readonly string[];
  people: Pick<SlackPeople, "members">;
  log: Log;
  /** Milliseconds since 1970. */
  now(): number;
}
