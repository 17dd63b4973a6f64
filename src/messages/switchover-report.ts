import type { SideSummary } from "../deployments/summary.ts";
import type { Telling } from "../deployments/telling.ts";
import { names } from "./blue-and-green.ts";
import { engineOf } from "./engine.ts";
import { code, plain } from "./mrkdwn.ts";
import { duration } from "./time.ts";

/** What a switchover did: the names, the engine's versions, how long writes paused. */
export function switchoverReport({ reading, pauseMs, deployment }: Telling): string[] {
  return [
    ...renamed(reading.blue, reading.green, reading.oldBlue ?? deployment?.source.name),
    ...versions(deployment?.source, deployment?.target),
    pauseMs === undefined
      ? "Write pause: not known, since no event told of the start."
      : `Write pause: about ${duration(pauseMs)}, from RDS's event “started” to its event “completed”.`,
  ];
}

function renamed(blue: string | undefined, green: string | undefined, oldBlue = `${blue}-old1`): string[] {
  if (!blue || !green) return [];
  return [`From ${code(blue)}, now called ${code(oldBlue)}, to ${code(green)}, now called ${code(blue)}.`];
}

function versions(before: SideSummary | undefined, after: SideSummary | undefined): string[] {
  if (!before?.database || !after?.database) return [];
  const { engine, engineVersion } = after.database;
  return [`Engine: ${plain(engine, 40)} ${plain(before.database.engineVersion, 40)} → ${plain(engineVersion, 40)}.`];
}

/**
 * What a switchover leaves to be done by hand.
 *
 * Source: RDS and Aurora User Guides, blue-green-deployments-switching and -considerations.
 */
export function remaining({ reading, deployment }: Telling): string[] {
  const before = deployment?.source;
  const after = deployment?.target;
  const { aurora } = engineOf(deployment);
  const name = reading.oldBlue ?? before?.name;
  const old = `old blue${name ? ` ${code(name)}` : ""}`;
  return [
    "*What remains to be done*",
    ...statistics(deployment),
    ...infrastructure(after),
    `• Set up again what RDS does not carry over: IAM roles${aurora ? " of the cluster" : ""}, autoscaling policies, DMS tasks, zero-ETL integrations.`,
    `• Delete ${old} when it is no longer needed: until then it keeps costing.${aurora ? " On Aurora it may accept writes again once this deployment is deleted." : ""}`,
    ...oldGroups(old, before, after),
    "• Point-in-time recovery of new blue goes back to green's creation: keep old blue while you may need an earlier moment.",
  ];
}

function statistics(deployment: Telling["deployment"]): string[] {
  const before = deployment?.source.database;
  const after = deployment?.target?.database;
  if (!/postgres/.test((after ?? before)?.engine ?? ""))
    return ["• Refresh the planner's statistics (`ANALYZE TABLE`) where queries became slow."];
  const major = (version = "") => Number.parseInt(version, 10);
  const sameMajor = before && after && major(before.engineVersion) === major(after.engineVersion);
  const views = "• `REFRESH MATERIALIZED VIEW` for every materialized view: refreshes on blue did not reach green.";
  const analyze = "• `ANALYZE` in every database: a major upgrade leaves no planner statistics.";
  return [...(deployment?.replication === "physical" ? [] : [views]), ...(sameMajor ? [] : [analyze])];
}

/** Groups that new blue has too are no leftovers. */
function oldGroups(old: string, before: SideSummary | undefined, after: SideSummary | undefined): string[] {
  const groups = before?.parameterGroups.filter((group) => !after?.parameterGroups.includes(group)) ?? [];
  if (before && before.parameterGroups.length > 0 && groups.length === 0) return [];
  return [`• Parameter groups of ${old}${names(" (", groups, ")")} can be deleted only after it and this deployment are gone.`];
}

function infrastructure(after: SideSummary | undefined): string[] {
  const version = after?.database ? [`engine version ${plain(after.database.engineVersion, 40)}`] : [];
  const groups = after && after.parameterGroups.length > 0 ? [names("parameter groups ", after.parameterGroups)] : [];
  const what = [...version, ...groups].join(" and ") || "the new engine version and parameter groups";
  return [`• Set ${what} in your infrastructure code, or its next run fails or undoes the upgrade.`];
}
