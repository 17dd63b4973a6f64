import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { createPermissions } from "../../../../src/clients/rds/describe/permissions.ts";
import { createRds } from "../../../../src/clients/rds/rds.ts";
import * as words from "../../../../src/messages/language.ts";
import { inTerminal } from "../../../../src/messages/terminal/form.ts";
import type { PermissionDecision, RequiredPermission } from "../../../../src/plans/preflight/permissions.ts";
import { type DoctorCheck, type Finding, fail, pass, unknown } from "../check.ts";
import type { Visit } from "../visit.ts";

/** A database that can be blue, by its ARN, and what it passes on to green. */
interface Blue {
  arn: string;
  isCluster: boolean;
  monitoringRole?: string;
}

/** Whether IAM lets the recreate function create what it deletes. */
export const rightsToCreate: DoctorCheck = {
  id: "rights-to-create",
  asked: "IAM's simulation: whether the recreate function's role may create green again, for each blue database",
  of: "stack",
  applies: ({ stack }) => stack?.outputs["Recreate"] !== undefined,
  async ask(visit) {
    const blues = await bluesOf(visit);
    const decisions = await simulated(
      blues.flatMap((blue) => creating(blue, visit)),
      visit,
    );
    if ("result" in decisions) return decisions;
    const denied = decisions.filter(({ decision }) => decision !== "allowed");
    if (denied.length === 0)
      return pass(`${decisions.length} actions for ${named(blues)}, all allowed`, "What is deleted can be created again.");
    const todo = denied.some(({ action }) => action === "iam:PassRole")
      ? "State the roles of Enhanced Monitoring in monitoringRoleArns, and deploy again."
      : "See docs/permissions.md, and policies of your organisation.";
    return fail(listed(denied), "A recreation of such a database is refused before anything is deleted.", todo);
  },
};

/** Whether IAM lets the recreate function delete green, and nothing else. */
export const rightsToDelete: DoctorCheck = {
  id: "rights-to-delete",
  asked: "IAM's simulation: whether the recreate function's role may delete green, and may not delete blue",
  of: "stack",
  applies: ({ stack }) => stack?.outputs["Recreate"] !== undefined,
  async ask(visit) {
    const blues = await bluesOf(visit);
    const deleting = (blue: Blue, suffix: string): RequiredPermission => ({
      action: blue.isCluster ? "rds:DeleteDBCluster" : "rds:DeleteDBInstance",
      resource: `${blue.arn}${suffix}`,
    });
    const { region, partition, account } = visit;
    // IAM's reference names it as a second resource of DeleteDBCluster, also where no snapshot is made.
    const snapshot = `arn:${partition}:rds:${region}:${account}:cluster-snapshot:${MADE_UP}`;
    const snapshots = blues.some(({ isCluster }) => isCluster) ? [{ action: "rds:DeleteDBCluster", resource: snapshot }] : [];
    const greens = await simulated([...blues.map((it) => deleting(it, "-green-abc123")), ...snapshots], visit);
    if ("result" in greens) return greens;
    const own = await simulated(
      blues.map((it) => deleting(it, "")),
      visit,
    );
    if ("result" in own) return own;
    const open = own.filter(({ decision }) => decision === "allowed");
    if (open.length > 0)
      return fail(
        `allowed: ${listed(open)}`,
        "The role may delete production databases.",
        'Narrow "greenNames", and take away policies that were added to the role.',
      );
    const denied = greens.filter(({ decision }) => decision !== "allowed");
    if (denied.length > 0)
      return fail(
        `denied: ${listed(denied)}`,
        "RDS refuses to delete a deployment with its green.",
        "See docs/permissions.md, and policies of your organisation.",
      );
    return pass(`green allowed, blue denied, for ${named(blues)}`, "IAM itself keeps the guard from deleting anything but green.");
  },
};

const MADE_UP = "orders";
/** IAM is asked about so many databases: the role's policies tell names apart by green's ending alone. */
const MOST = 10;

/** Some of the databases that are blue now, or made-up ones. */
async function bluesOf({ sdk, region, partition, account }: Visit): Promise<Blue[]> {
  const rds = createRds({ ...sdk, region });
  const databases = await rds.databases(await rds.deployments());
  const blues = databases
    .filter(({ arn }) => !/-green-[a-z0-9]{6}$/.test(arn))
    .map(
      ({ arn, kind, configuration }): Blue => ({ arn, isCluster: kind === "cluster", monitoringRole: configuration?.monitoringRoleArn }),
    );
  if (blues.length > 0) return blues.slice(0, MOST);
  const arn = (kind: string) => `arn:${partition}:rds:${region}:${account}:${kind}:${MADE_UP}`;
  return [
    { arn: arn("cluster"), isCluster: true },
    { arn: arn("db"), isCluster: false },
  ];
}

function creating({ arn, isCluster, monitoringRole }: Blue, { region, partition, account }: Visit): RequiredPermission[] {
  const deployment = `arn:${partition}:rds:${region}:${account}:deployment:bgd-0000000000000000`;
  const green = `${arn}-green-000000`;
  return [
    { action: "rds:CreateBlueGreenDeployment", resource: deployment },
    { action: "rds:CreateBlueGreenDeployment", resource: arn },
    { action: "rds:AddTagsToResource", resource: deployment },
    { action: "rds:AddTagsToResource", resource: green },
    { action: isCluster ? "rds:CreateDBCluster" : "rds:CreateDBInstanceReadReplica", resource: green },
    ...(monitoringRole
      ? [{ action: "iam:PassRole", resource: monitoringRole, context: { "iam:PassedToService": "rds.amazonaws.com" } }]
      : []),
  ];
}

async function simulated(
  required: readonly RequiredPermission[],
  { sdk, region, lambda, stack }: Visit,
): Promise<PermissionDecision[] | Finding> {
  const { Role } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: stack?.outputs["Recreate"] }));
  const answer = await createPermissions({ ...sdk, region }).simulate(Role, required);
  if (answer.known) return answer.value;
  return unknown(
    words.unanswered(answer.why, inTerminal),
    "What the role may do is not known.",
    "Run doctor with credentials that may ask iam:SimulatePrincipalPolicy.",
  );
}

const listed = (all: readonly PermissionDecision[]): string => all.map(({ action, resource }) => `${action} on ${resource}`).join(", ");
const named = (blues: readonly Blue[]): string => blues.map(({ arn }) => arn.split(":").slice(5).join(" ")).join(", ");
