import { rdsName } from "../../deployments/arn.ts";
import { type DeploymentView, databaseAt } from "../../deployments/deployment.ts";
import type { Answer } from "../answer.ts";
import type { SettledSpec } from "../spec/settled.ts";
import type { GroupKind } from "./findings.ts";
import { type PermissionDecision, type RequiredPermission, requiredPermissions } from "./permissions.ts";

/** What preflight asks AWS, besides the deployment and its databases. */
export interface PreflightQuestion {
  engine: string;
  blueVersion: string;
  targetVersion: string;
  /** Blue's parameters that decide whether it can be replicated; absent if the engine needs none. */
  parameters?: { kind: GroupKind; group: string; names: string[] };
  /** The parameter groups that creation will use, except `default.*`, which always exist. */
  groups: { kind: GroupKind; name: string }[];
  permissions: RequiredPermission[];
}

/** AWS's answers to a PreflightQuestion. */
export interface PreflightAnswers {
  /** Values by name; without the parameters that RDS does not list or that have no value. Absent if nothing was asked. */
  parameters?: Answer<Record<string, string>>;
  /** Undefined for a group that does not exist. */
  groups: { kind: GroupKind; name: string; answer: Answer<ParameterGroup | undefined> }[];
  /** Undefined for a version that RDS does not list. */
  blueVersion: Answer<EngineVersion | undefined>;
  targetVersion: Answer<EngineVersion | undefined>;
  permissions: Answer<PermissionDecision[]>;
}

/** The part of a parameter group that has to match. Source: RDS API, `DBClusterParameterGroup` and `DBParameterGroup`. */
export interface ParameterGroup {
  name: string;
  /** Such as `aurora-postgresql15`. */
  family: string;
}

/** A version of an engine. Source: RDS API, `DBEngineVersion`. */
export interface EngineVersion {
  family: string;
  validUpgradeTargets: string[];
}

/** What to ask before the deployment is deleted; undefined if blue was not found. */
export function preflightQuestion(view: DeploymentView, spec: SettledSpec): PreflightQuestion | undefined {
  const blue = databaseAt(view, spec.source);
  if (!blue) return undefined;
  return {
    engine: blue.engine,
    blueVersion: blue.engineVersion,
    targetVersion: spec.targetEngineVersion.value,
    parameters: parametersOf(blue.engine, blue.parameterGroups[0]?.name, isMajorUpgrade(blue.engineVersion, spec)),
    groups: targetGroupsOf(spec).filter(({ name }) => !isDefaultGroup(name)),
    permissions: requiredPermissions(view, spec),
  };
}

/** The parameter groups that creation will use. */
export function targetGroupsOf(spec: SettledSpec): { kind: GroupKind; name: string }[] {
  const cluster = rdsName(spec.source).kind === "cluster" ? spec.targetDBClusterParameterGroupName : undefined;
  return [
    ...(cluster ? [{ kind: "cluster" as const, name: cluster.value }] : []),
    { kind: "instance", name: spec.targetDBParameterGroupName.value },
  ];
}

/** True for a group that AWS creates for each family; users can neither create nor delete one. */
export function isDefaultGroup(name: string): boolean {
  return name.startsWith("default.");
}

/** True if the target has a higher PostgreSQL major version than blue. */
export function isMajorUpgrade(blueVersion: string, { targetEngineVersion }: SettledSpec): boolean {
  return Number.parseInt(targetEngineVersion.value, 10) > Number.parseInt(blueVersion, 10);
}

/** Source: Aurora and RDS User Guides, blue-green-deployments-creating, "Preparing for a blue/green deployment". */
function parametersOf(engine: string, group: string | undefined, majorUpgrade: boolean): PreflightQuestion["parameters"] {
  if (group === undefined) return undefined;
  if (engine === "aurora-postgresql") return { kind: "cluster", group, names: ["rds.logical_replication"] };
  if (engine === "aurora-mysql") return { kind: "cluster", group, names: ["binlog_format"] };
  return engine === "postgres" && majorUpgrade ? { kind: "instance", group, names: ["rds.logical_replication"] } : undefined;
}
