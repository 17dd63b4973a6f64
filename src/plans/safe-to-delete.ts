import { isGreenName, rdsName } from "../deployments/arn.ts";
import type { Coded } from "../deployments/coded.ts";
import { type Deployment, type DeploymentView, databaseAt } from "../deployments/deployment.ts";
import type { Production } from "../standing/production.ts";

/** A request to delete a deployment with its green, and what was known when it was made. */
export interface DeletionRequest {
  deploymentId: string;
  blue: {
    /** ARN. */
    arn: string;
    /** `DbClusterResourceId` or `DbiResourceId`; absent if it is not unique. */
    resourceId?: string;
  };
  /** Which side is production, as the standing says. */
  production: Production;
  /** The status, its own or a member's, in which a person explicitly asked for the deletion; not needed for AVAILABLE and INVALID_CONFIGURATION. */
  askedFor?: "SWITCHOVER_FAILED" | "PROVISIONING";
  /** True once the guard has recorded that it is about to delete, so a deployment that is DELETING or gone is its own doing. */
  intended: boolean;
}

/** What the delete step does: calls DeleteBlueGreenDeployment with DeleteTarget, continues because that is done, or stops. */
export type Deletion = { verdict: "delete" } | { verdict: "done" } | { verdict: "refuse"; why: WhyNotDeleted };

/** Why the guard does not delete a deployment with its green. */
export type WhyNotDeleted = Coded<NotDeleted>;

/** Everything that keeps it from deleting. */
export interface NotDeleted {
  "deployment-unknown": { deploymentId: string };
  "another-deployment": { deploymentId: string; answered: string };
  /** `onRequest`: where a person asks for just that, it may. */
  "status-forbids": { deploymentId: string; status: string; onRequest: boolean };
  "member-switched": { name?: string; status: string };
  "member-failed": { name?: string };
  "green-is-production": object;
  "green-is-partly-production": object;
  "production-not-known": object;
  "no-target": { deploymentId: string };
  "no-member-target": { deploymentId: string };
  "not-a-green-name": { name: string };
  "source-and-target": { name: string; deploymentId: string };
  "another-source": { name: string; asked: string };
  "blue-replaced": { name: string; found?: string; asked: string };
}

type Clause = (view: DeploymentView, request: DeletionRequest) => WhyNotDeleted | undefined;

/** What a person who saw the deployment like this has to ask for explicitly; undefined if nothing. */
export function toAskFor({ status, members }: DeploymentView["deployment"]): DeletionRequest["askedFor"] {
  if (status === "SWITCHOVER_FAILED" || members.some((member) => member.status === "SWITCHOVER_FAILED")) return "SWITCHOVER_FAILED";
  return status === "PROVISIONING" ? status : undefined;
}

/**
 * Decides whether to delete the deployment with all of green. Read `view` in the same step; undefined if RDS does not know the deployment.
 *
 * Every clause must hold, so that nobody who has switched over, or is about to, loses a database.
 */
export function safeToDelete(view: DeploymentView | undefined, request: DeletionRequest): Deletion {
  if (request.intended && (!view || view.deployment.status === "DELETING")) return { verdict: "done" };
  if (!view) return { verdict: "refuse", why: { code: "deployment-unknown", deploymentId: request.deploymentId } };
  const why = CLAUSES.map((clause) => clause(view, request)).find((it) => it !== undefined);
  return why === undefined ? { verdict: "delete" } : { verdict: "refuse", why };
}

const CLAUSES: readonly Clause[] = [
  isTheOne,
  hasDeletableStatus,
  hasNoSwitchedMember,
  isGreenNotProduction,
  hasNoFailedMember,
  hasGreen,
  hasGreenNamesAlone,
  hasNoSourceAmongTargets,
  hasBlueOfRequest,
  hasSameBlue,
  // A blue that was replaced is the better reason why nobody knows.
  isBlueProduction,
];

function isTheOne({ deployment: { id } }: DeploymentView, { deploymentId }: DeletionRequest): WhyNotDeleted | undefined {
  return id === deploymentId ? undefined : { code: "another-deployment", deploymentId, answered: id };
}

function hasDeletableStatus({ deployment: { id, status } }: DeploymentView, { askedFor }: DeletionRequest): WhyNotDeleted | undefined {
  if (["AVAILABLE", "INVALID_CONFIGURATION"].includes(status) || status === askedFor) return undefined;
  const onRequest = ["SWITCHOVER_FAILED", "PROVISIONING"].includes(status);
  return { code: "status-forbids", deploymentId: id, status, onRequest };
}

function hasNoSwitchedMember({ deployment: { members } }: DeploymentView): WhyNotDeleted | undefined {
  const switched = members.find(({ status = "" }) => ["SWITCHOVER_IN_PROGRESS", "SWITCHOVER_COMPLETED"].includes(status));
  return switched && { code: "member-switched", name: nameIn(switched.source), status: switched.status ?? "" };
}

/** RDS may say INVALID_CONFIGURATION of a deployment whose switchover failed before: a person has to know of both. */
function hasNoFailedMember({ deployment: { members } }: DeploymentView, { askedFor }: DeletionRequest): WhyNotDeleted | undefined {
  const failed = askedFor === "SWITCHOVER_FAILED" ? undefined : members.find(({ status }) => status === "SWITCHOVER_FAILED");
  return failed && { code: "member-failed", name: nameIn(failed.source) };
}

function isGreenNotProduction(_view: DeploymentView, { production }: DeletionRequest): WhyNotDeleted | undefined {
  return production === "unknown" || production === "blue" ? undefined : PRODUCTION[production];
}

function isBlueProduction(_view: DeploymentView, { production }: DeletionRequest): WhyNotDeleted | undefined {
  return production === "blue" ? undefined : PRODUCTION[production];
}

const PRODUCTION = {
  green: { code: "green-is-production" },
  mixed: { code: "green-is-partly-production" },
  unknown: { code: "production-not-known" },
} as const;

function hasGreen({ deployment: { id, target, members } }: DeploymentView): WhyNotDeleted | undefined {
  if (target === undefined) return { code: "no-target", deploymentId: id };
  return members.some((it) => it.target !== undefined) ? undefined : { code: "no-member-target", deploymentId: id };
}

function hasGreenNamesAlone({ deployment }: DeploymentView): WhyNotDeleted | undefined {
  const other = targetsOf(deployment).find((arn) => !isGreenName(rdsName(arn).name));
  return other === undefined ? undefined : { code: "not-a-green-name", name: rdsName(other).name };
}

function hasNoSourceAmongTargets({ deployment }: DeploymentView): WhyNotDeleted | undefined {
  const sources = new Set([deployment.source, ...deployment.members.map(({ source }) => source)]);
  const both = targetsOf(deployment).find((arn) => sources.has(arn));
  return both === undefined ? undefined : { code: "source-and-target", name: rdsName(both).name, deploymentId: deployment.id };
}

function hasBlueOfRequest({ deployment: { source } }: DeploymentView, { blue }: DeletionRequest): WhyNotDeleted | undefined {
  return source === blue.arn ? undefined : { code: "another-source", name: rdsName(source).name, asked: rdsName(blue.arn).name };
}

function hasSameBlue(view: DeploymentView, { blue }: DeletionRequest): WhyNotDeleted | undefined {
  if (blue.resourceId === undefined) return undefined;
  const found = databaseAt(view, view.deployment.source)?.resourceId;
  return found === blue.resourceId ? undefined : { code: "blue-replaced", name: rdsName(blue.arn).name, found, asked: blue.resourceId };
}

function targetsOf({ target, members }: Deployment): string[] {
  return [target, ...members.map((member) => member.target)].filter((arn) => arn !== undefined);
}

const nameIn = (arn: string | undefined): string | undefined => arn && rdsName(arn).name;
