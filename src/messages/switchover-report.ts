import type { SideSummary } from "../deployments/summary.ts";
import type { Telling } from "../deployments/telling.ts";
import { listed } from "./blue-and-green.ts";
import { code, escaped } from "./mrkdwn.ts";
import { duration } from "./time.ts";

/**
 * What a switchover did and what it leaves to be done by hand.
 *
 * Source: RDS and Aurora User Guides, blue-green-deployments-switching and -considerations.
 */
export function switchoverReport({ reading, pauseMs, deployment }: Telling): string[] {
  const before = deployment?.source;
  const after = deployment?.target;
  const oldBlue = reading.oldBlue ?? before?.name;
  return [
    ...names(reading.blue, reading.green, oldBlue),
    ...versions(before, after),
    pauseMs === undefined
      ? "The pause is not known: no event told of the start."
      : `Pause between started and completed: ${duration(pauseMs)}, by the events' times.`,
    "*What remains to be done*",
    ...remaining(before, after, oldBlue),
  ];
}

function names(blue: string | undefined, green: string | undefined, oldBlue: string | undefined): string[] {
  if (!blue || !green) return [];
  return [
    `From ${code(blue)} to ${code(green)}, which is called ${code(blue)} now. Old blue is called ${code(oldBlue ?? `${blue}-old1`)}.`,
  ];
}

function versions(before: SideSummary | undefined, after: SideSummary | undefined): string[] {
  if (!before?.database || !after?.database) return [];
  return [
    `Engine: ${escaped(before.database.engineVersion)} → ${escaped(after.database.engineVersion)} (${escaped(after.database.engine)}).`,
  ];
}

function remaining(before: SideSummary | undefined, after: SideSummary | undefined, oldBlue: string | undefined): string[] {
  const engine = after?.database?.engine ?? before?.database?.engine ?? "";
  const old = oldBlue ? code(oldBlue) : "old blue";
  const version = after?.database ? ` to engine version ${escaped(after.database.engineVersion)}` : "";
  const groups = after ? listed("and parameter groups", after.parameterGroups).replace(":", "") : "";
  return [
    ...(/postgres/.test(engine)
      ? ["• `REFRESH MATERIALIZED VIEW` for every materialized view: refreshes on blue did not reach green."]
      : []),
    ...(/postgres/.test(engine)
      ? ["• `ANALYZE` every database: a major upgrade leaves no planner statistics."]
      : ["• Refresh the planner's statistics (`ANALYZE TABLE`) where plans look wrong."]),
    `• Align infrastructure code${version}${groups ? ` ${groups}` : ""}, or its next run undoes the upgrade.`,
    `• Parameter groups of ${old}${before ? listed("", before.parameterGroups).replace(/^: (.+)$/, " ($1)") : ""} cannot be deleted while this deployment or ${old} exists.`,
    `• ${old} keeps costing until you delete it. It is read-only only while this deployment exists (Aurora).`,
    "• Point-in-time recovery starts anew with green's creation: keep old blue for as long as you may need to go further back.",
  ];
}
