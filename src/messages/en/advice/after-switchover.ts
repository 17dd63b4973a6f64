import type { Configuration } from "../../../deployments/configuration.ts";
import { engineNamed } from "../../../deployments/engine.ts";
import type { SideStanding } from "../../../standing/sides.ts";
import type { Standing } from "../../../standing/standing.ts";
import type { Switched } from "../../advice-shape.ts";
import { engineOf, mayBeAurora } from "../../engine.ts";
import type { Form } from "../../form.ts";
import { names } from "../standing/names.ts";

/**
 * What remains to be done by hand after a switchover.
 *
 * Source: RDS and Aurora User Guides, blue-green-deployments-switching and -considerations.
 */
export function remaining({ reading, deployment }: Switched, as: Form): string[] {
  const before = deployment?.source;
  const after = deployment?.target;
  const aurora = mayBeAurora(deployment);
  // A name from before the switchover is new blue's by now.
  const renamed = deployment?.renamed ?? true;
  const name = reading.oldBlue ?? (renamed ? before?.name : undefined);
  const old = `old blue${name ? ` ${as.code(name)}` : ""}`;
  const exists = !deployment || !renamed || deployment.members.some(({ source }) => source?.database);
  return [
    as.strong("What remains to be done"),
    ...statistics(deployment, as),
    ...infrastructure(before, after, as),
    ...differing(before, after),
    `• Set up again what RDS does not carry over: IAM roles${aurora ? " of the cluster" : ""}, autoscaling policies, DMS tasks, zero-ETL integrations.`,
    ...(exists
      ? [
          `• Delete ${oldNames(deployment, old, as)} when it is no longer needed: until then it is billed.${aurora ? " On Aurora it stays read-only only while this deployment exists: after that it may accept writes again." : ""}`,
        ]
      : []),
    ...oldGroups(old, before, after, as),
    "• Point-in-time recovery of new blue goes back to green's creation: keep old blue while you may need an earlier moment.",
  ];
}

/** Every database of old blue: each is billed until it is deleted. */
function oldNames(deployment: Switched["deployment"], old: string, as: Form): string {
  const all = deployment?.members.filter(({ source, kind }) => source?.database && (kind === "cluster" || kind === "instance")) ?? [];
  const others = all.map(({ source }) => source?.name ?? "").filter((name) => name !== deployment?.source.name);
  return `${old}${others.length > 0 ? names(" with ", others, as) : ""}`;
}

function statistics(deployment: Switched["deployment"], as: Form): string[] {
  const before = deployment?.source.database;
  const after = deployment?.target?.database;
  const statement = engineNamed((after ?? before)?.engine)?.analyze;
  if (statement !== "ANALYZE")
    return [`• Refresh the planner's statistics${statement ? ` (${as.code(statement)})` : ""} where queries became slow.`];
  const major = (version = "") => Number.parseInt(version, 10);
  const sameMajor = before && after && major(before.engineVersion) === major(after.engineVersion);
  const views = `• ${as.code("REFRESH MATERIALIZED VIEW")} for every materialized view: refreshes on blue did not reach green.`;
  const analyze = `• ${as.code("ANALYZE")} in every database: a major upgrade leaves no planner statistics.`;
  return [...(deployment?.replicationType === "physical" ? [] : [views]), ...(sameMajor ? [] : [analyze])];
}

/** Parameter groups that new blue also uses are not leftovers. */
function oldGroups(old: string, before: SideStanding | undefined, after: SideStanding | undefined, as: Form): string[] {
  const groups = before?.parameterGroups.filter((group) => !after?.parameterGroups.includes(group)) ?? [];
  if (before && before.parameterGroups.length > 0 && groups.length === 0) return [];
  return [`• Parameter groups of ${old}${names(" (", groups, as, ")")} can be deleted only after it and this deployment are gone.`];
}

function infrastructure(before: SideStanding | undefined, after: SideStanding | undefined, as: Form): string[] {
  const isUpgraded = !before?.database || before.database.engineVersion !== after?.database?.engineVersion;
  const version = after?.database && isUpgraded ? [`engine version ${as.text(after.database.engineVersion, 40)}`] : [];
  const groups = after && after.parameterGroups.length > 0 ? [names("parameter groups ", after.parameterGroups, as)] : [];
  const what = [...version, ...groups].join(" and ") || "the new engine version and parameter groups";
  return [`• Set ${what} in your infrastructure code, or its next run fails or undoes the ${isUpgraded ? "upgrade" : "change"}.`];
}

/** Old blue's settings that new blue lacks. */
function differing(before: SideStanding | undefined, after: SideStanding | undefined): string[] {
  const was = before?.database?.configuration;
  const is = after?.database?.configuration;
  if (!was || !is) return [];
  const lines = [
    differs("deletion protection", onOff(was.deletionProtection), onOff(is.deletionProtection)),
    differs("backup retention", days(was), days(is)),
  ].filter((line) => line !== undefined);
  return lines.length > 0 ? [`• Set as on old blue, if it is still wanted: ${lines.join("; ")}.`] : [];
}

const onOff = (is: boolean | undefined): string | undefined => (is === undefined ? undefined : is ? "on" : "off");

function days({ backupRetentionPeriod: kept }: Configuration): string | undefined {
  return kept === undefined ? undefined : `${kept} ${kept === 1 ? "day" : "days"}`;
}

const differs = (what: string, was: string | undefined, is: string | undefined): string | undefined =>
  was === undefined || is === undefined || was === is ? undefined : `${what} is ${is}, was ${was}`;

const MOST_MEMBERS = 4;

/**
 * How to go back to old blue by hand, since RDS cannot.
 *
 * Source: the steps of a team that did this on Aurora PostgreSQL; Aurora User Guide, blue-green-deployments-switching ("After switchover").
 */
export function wayBack({ reading, deployment }: Switched, as: Form): string[] {
  const { source, target } = deployment ?? {};
  const old = reading.oldBlue ?? source?.name;
  const name = reading.blue ?? target?.name;
  // Nothing may be renamed back while it is not known, or not for every name, that green is production, or what the sides are called.
  if (!old || !name || !source?.database || (deployment && !isSure(deployment))) return [];
  const engine = engineOf(deployment);
  const writable = engine?.aurora
    ? `Delete this deployment (${as.code(deployment?.name ?? "")}) and nothing with it, then reboot old blue's writer${source.writer ? ` ${as.code(source.writer)}` : ""}: until then ${as.code(old)} is read-only.`
    : `Have ${as.code(old)} accept writes: turn off ${engine?.readOnlyParameter ? as.code(engine.readOnlyParameter) : "what keeps it read-only"} in its parameter group, and reboot it.`;
  // A custom endpoint has no new name to be given: it belongs to its cluster. Source: RDS API, ModifyDBClusterEndpoint.
  const others = (deployment?.members ?? []).filter((it) => it.source?.name !== old && (it.kind === "cluster" || it.kind === "instance"));
  const aside = list(others.flatMap(({ target }) => (target ? [`${as.code(target.name)} to ${as.code(`${target.name}-new`)}`] : [])));
  const back = list(others.flatMap(({ source, name }) => (source ? [`${as.code(source.name)} to ${as.code(name)}`] : [])));
  const endpoints = (deployment?.members ?? []).filter(({ kind }) => kind === "cluster-endpoint").map((it) => it.name);
  return [
    `${as.strong("To go back by hand")}, since RDS has no way back. What was written since the switchover stays behind on new blue.`,
    `1. ${writable}`,
    `2. Rename ${as.code(name)} to ${as.code(`${name}-new`)}${aside}.`,
    `3. Rename ${as.code(old)} to ${as.code(name)}${back}.`,
    ...(endpoints.length > 0
      ? [names("4. Custom endpoints cannot be renamed: create ", endpoints, as, " anew on the renamed cluster.")]
      : []),
  ];
}

const isSure = ({ switched, renamed, production }: Standing): boolean => switched && renamed && production === "green";

function list(renames: readonly string[]): string {
  const more = renames.length > MOST_MEMBERS ? ` and the other ${renames.length - MOST_MEMBERS} likewise` : "";
  return renames.length === 0 ? "" : `, ${renames.slice(0, MOST_MEMBERS).join(", ")}${more}`;
}
