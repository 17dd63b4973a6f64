import type { Answers } from "./case-lab.ts";

/** How a member's switchover ended, in RDS's word; `SWITCHOVER_COMPLETED` has exchanged the names. */
type Ended = (name: string) => string;

const nameOf = (arn = "") => arn.split(":").at(-1) ?? "";

/**
 * What RDS answers once the switchover of `before` has ended: members that are COMPLETED have exchanged their names, the others have not.
 *
 * `ended` answers for the name that blue bears.
 */
export function switchedOver(before: Answers, ended: Ended = () => "SWITCHOVER_COMPLETED", Status = "SWITCHOVER_COMPLETED"): Answers {
  const pairs = before.BlueGreenDeployments[0]?.SwitchoverDetails ?? [];
  const done = pairs.map((it) => it.SourceMember).filter((arn) => ended(nameOf(arn)) === "SWITCHOVER_COMPLETED");
  const renamed = new Map<string, string>();
  for (const { SourceMember = "", TargetMember = "" } of pairs) {
    if (!done.includes(SourceMember)) continue;
    renamed.set(nameOf(SourceMember), `${nameOf(SourceMember)}-old1`);
    renamed.set(nameOf(TargetMember), nameOf(SourceMember));
  }
  const now = <T>(value: T): T => moved(value, renamed) as T;
  return {
    ...now({ ...before, BlueGreenDeployments: [] }),
    BlueGreenDeployments: before.BlueGreenDeployments.map((it) => ({
      ...it,
      Status,
      Source: now(it.Source),
      Target: now(it.Target),
      SwitchoverDetails: pairs.map((pair) => ({ ...now(pair), Status: ended(nameOf(pair.SourceMember)) })),
    })),
  };
}

function moved(value: unknown, renamed: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") {
    const name = nameOf(value);
    return value.slice(0, value.length - name.length) + (renamed.get(name) ?? name);
  }
  if (Array.isArray(value)) return value.map((it) => moved(it, renamed));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, moved(it, renamed)]));
}
