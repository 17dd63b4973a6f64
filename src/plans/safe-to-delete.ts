import { isGreenName, rdsName } from "../deployments/arn.ts";
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
export type Deletion = { verdict: "delete" } | { verdict: "done" } | { verdict: "refuse"; reason: string };

type Clause = (view: DeploymentView, request: DeletionRequest) => string | undefined;

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
  if (!view) return { verdict: "refuse", reason: `RDS does not know deployment ${request.deploymentId}: there is nothing to delete.` };
  const reasons = CLAUSES.map((clause) => clause(view, request));
  const reason = reasons.find((it) => it !== undefined);
  return reason === undefined ? { verdict: "delete" } : { verdict: "refuse", reason };
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

function isTheOne({ deployment: { id } }: DeploymentView, { deploymentId }: DeletionRequest): string | undefined {
  return id === deploymentId ? undefined : `RDS answered with deployment ${id}, not with ${deploymentId}.`;
}

function hasDeletableStatus({ deployment: { id, status } }: DeploymentView, { askedFor }: DeletionRequest): string | undefined {
  if (["AVAILABLE", "INVALID_CONFIGURATION"].includes(status) || status === askedFor) return undefined;
  const whether = ["SWITCHOVER_FAILED", "PROVISIONING"].includes(status)
    ? "deleted only where a person asks for just that"
    : "never deleted";
  return `Deployment ${id} is ${status || "without a status"}: then green is ${whether}.`;
}

function hasNoSwitchedMember({ deployment: { members } }: DeploymentView): string | undefined {
  const switched = members.find(({ status = "" }) => ["SWITCHOVER_IN_PROGRESS", "SWITCHOVER_COMPLETED"].includes(status));
  return switched && `${nameIn(switched.source)} is ${switched.status}: green may be production by now.`;
}

/** RDS may say INVALID_CONFIGURATION of a deployment whose switchover failed before: a person has to know of both. */
function hasNoFailedMember({ deployment: { members } }: DeploymentView, { askedFor }: DeletionRequest): string | undefined {
  const failed = askedFor === "SWITCHOVER_FAILED" ? undefined : members.find(({ status }) => status === "SWITCHOVER_FAILED");
  return failed && `${nameIn(failed.source)} is SWITCHOVER_FAILED: then green is deleted only where a person asks for just that.`;
}

function isGreenNotProduction(_view: DeploymentView, { production }: DeletionRequest): string | undefined {
  return production === "unknown" || production === "blue" ? undefined : PRODUCTION[production];
}

function isBlueProduction(_view: DeploymentView, { production }: DeletionRequest): string | undefined {
  return production === "blue" ? undefined : PRODUCTION[production];
}

const PRODUCTION = {
  green: "Green bears blue's names: it is production.",
  mixed: "Some of blue's names lead to green: a part of green is production.",
  unknown: "It is not known which side is production: the guard first saw the deployment too late, or a database was renamed by hand.",
};

function hasGreen({ deployment }: DeploymentView): string | undefined {
  if (deployment.target === undefined) return `Deployment ${deployment.id} has no target yet: it cannot be told what would be deleted.`;
  const hasMember = deployment.members.some(({ target }) => target !== undefined);
  return hasMember ? undefined : `No member of deployment ${deployment.id} has a target: it cannot be told what would be deleted.`;
}

function hasGreenNamesAlone({ deployment }: DeploymentView): string | undefined {
  const other = targetsOf(deployment).find((arn) => !isGreenName(rdsName(arn).name));
  return other && `Target ${nameIn(other)} is not named -green- and six letters or digits: it may be production.`;
}

function hasNoSourceAmongTargets({ deployment }: DeploymentView): string | undefined {
  const sources = new Set([deployment.source, ...deployment.members.map(({ source }) => source)]);
  const both = targetsOf(deployment).find((arn) => sources.has(arn));
  return both && `${nameIn(both)} is source and target of deployment ${deployment.id}.`;
}

function hasBlueOfRequest({ deployment: { source } }: DeploymentView, { blue }: DeletionRequest): string | undefined {
  return source === blue.arn ? undefined : `The source is ${nameIn(source)}, and the request is about ${nameIn(blue.arn)}.`;
}

function hasSameBlue(view: DeploymentView, { blue }: DeletionRequest): string | undefined {
  if (blue.resourceId === undefined) return undefined;
  const found = databaseAt(view, view.deployment.source)?.resourceId;
  if (found === blue.resourceId) return undefined;
  return `${nameIn(blue.arn)} is ${found ?? "not there"}, and the request is about ${blue.resourceId}: it was replaced or deleted since.`;
}

function targetsOf({ target, members }: Deployment): string[] {
  return [target, ...members.map((member) => member.target)].filter((arn) => arn !== undefined);
}

const nameIn = (arn: string | undefined): string => `\`${arn === undefined ? "unknown" : rdsName(arn).name}\``;
