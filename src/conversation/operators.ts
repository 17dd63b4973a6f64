import type { SlackError } from "../clients/slack/failure.ts";
import type { SlackPeople } from "../clients/slack/people.ts";
import type { Log } from "../clients/telemetry.ts";

/**
 * Whether somebody may change something. Whoever is in no group that could be read counts as a no: `unknown` if Slack did not say who is
 * in another, `unreadable` if it never will until a setting is corrected.
 */
export type MayOperate = "yes" | "no" | "unknown" | "unreadable";

const KEPT_MS = 5 * 60_000;

/**
 * Creates the function that tells whether a user may change something; asks for a group's members at most once in five minutes, except
 * for a decision, for which it asks `afresh`.
 *
 * One group that cannot be read locks out nobody but its own members, and the log names it.
 */
export function createOperators({ operators, people, log, now }: OperatorsDependencies): Operators {
  const known = new Map<string, { members: readonly string[]; at: number }>();
  async function membersOf(group: string, afresh: boolean): Promise<readonly string[]> {
    const kept = afresh ? undefined : known.get(group);
    if (kept && now() - kept.at < KEPT_MS) return kept.members;
    const members = await people.members(group);
    known.set(group, { members, at: now() });
    return members;
  }
  return async (user, { afresh = false } = {}) => {
    if (operators.includes(user)) return "yes";
    const unread: MayOperate[] = [];
    for (const group of operators.filter((it) => it.startsWith("S"))) {
      try {
        if ((await membersOf(group, afresh)).includes(user)) return "yes";
      } catch (error) {
        log.error("Operators unknown", { group, error: error instanceof Error ? error.message : String(error) });
        unread.push((error as Partial<SlackError>).kind === "settings" ? "unreadable" : "unknown");
      }
    }
    return unread.includes("unknown") ? "unknown" : (unread[0] ?? "no");
  };
}

/** Tells whether the user with the id may change something. */
export type Operators = (user: string, options?: { afresh?: boolean }) => Promise<MayOperate>;

/** What knowing the operators needs from the outside. */
export interface OperatorsDependencies {
  /** Ids of users and user groups. */
  operators: readonly string[];
  people: Pick<SlackPeople, "members">;
  log: Log;
  /** Milliseconds since 1970. */
  now(): number;
}
