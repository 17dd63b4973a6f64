import { rdsName } from "../deployments/arn.ts";
import type { Coded } from "../deployments/coded.ts";
import { type Database, type DeploymentView, databaseAt } from "../deployments/deployment.ts";
import { type Check, worstOf } from "./checks.ts";
import { type NotCarried, notCarried } from "./spec/not-carried.ts";
import type { SettledSpec } from "./spec/settled.ts";
import { extraGreensOf, greensOf } from "./spec/spec.ts";

/** What a recreation is about to do, for a person to accept or refuse. */
export interface RecreatePlan {
  /** The deployment to delete. */
  deployment: { id: string; name: string };
  /** The name of the deployment to create. */
  newName: string;
  /** The steps in order; the same for the same state, so that a confirmation covers exactly these. */
  steps: PlanStep[];
  /** Green's clusters and instances; all of them are lost. */
  deletes: Doomed[];
  /** What the new deployment will be created with. */
  creates: SettledSpec;
  checks: Check[];
  /** What green has and the new green will not have. */
  notCarried: NotCarried[];
  /** What else a person should know, such as green's age and that nothing of it is kept. */
  notes: PlanNote[];
  /** ARNs of green databases whose deletion protection the plan turns off; only a person can confirm a plan with any. */
  protectedGreens: string[];
  /** `refused` if a check failed, `asks` if a person has to accept something, otherwise `clear`. */
  verdict: "clear" | "asks" | "refused";
}

/** A database: the ARN's word for its kind, and its name. */
export interface Named {
  kind: string;
  name: string;
}

/** The steps of every plan. */
export interface PlanSteps {
  unprotect: { database: Named };
  delete: { deploymentId: string; deploymentName: string };
  "wait-deleted": object;
  create: { newName: string; source: Named };
  "wait-created": object;
  /** Once RDS has deleted it; creates from the spec that was kept. */
  "go-on": { newName: string; engineVersion: string };
  "switch-over": { deploymentId: string; deploymentName: string; pairs: { from: string; to: string }[] };
  "refuse-writes": { timeoutSeconds: number };
  rename: object;
}

/** A step of a plan: what a confirmation's hash covers. */
export type PlanStep = Coded<PlanSteps>;

/** What a person should know of a recreation besides its steps. */
export interface PlanNotes {
  age: { ms: number };
  "no-snapshot": object;
  "blue-stays": { source: Named };
  "protection-unknown": { database: Named };
  /** For applications behind a driver that follows blue/green deployments, or behind an RDS Proxy. */
  clients: object;
}

export type PlanNote = Coded<PlanNotes>;

/** The input of a plan. */
export interface PlanInput {
  view: DeploymentView;
  spec: SettledSpec;
  checks: Check[];
  newName: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** Plans a recreation. */
export function recreatePlan({ view, spec, checks, newName, now }: PlanInput): RecreatePlan {
  const { id, name, createTime } = view.deployment;
  const deletes = doomedOf(view);
  const certain = deletes.filter(({ isProtected }) => isProtected);
  const unsure = deletes.filter(({ isProtected }) => isProtected === undefined);
  const source = named(spec.source);
  return {
    deployment: { id, name },
    newName,
    steps: [
      ...certain.map(({ database }): PlanStep => ({ code: "unprotect", database })),
      { code: "delete", deploymentId: id, deploymentName: name },
      { code: "wait-deleted" },
      { code: "create", newName, source },
      { code: "wait-created" },
    ],
    deletes,
    creates: spec,
    checks,
    notCarried: notCarried(view, spec.targetDBParameterGroupName.value),
    notes: [
      ...(createTime ? [{ code: "age" as const, ms: now - Date.parse(createTime) }] : []),
      { code: "no-snapshot" },
      { code: "blue-stays", source },
      ...unsure.map(({ database }): PlanNote => ({ code: "protection-unknown", database })),
      { code: "clients" },
    ],
    protectedGreens: certain.map(({ arn }) => arn),
    verdict: verdictOf(checks, certain.length > 0),
  };
}

/** A green database that is deleted with the deployment. */
export interface Doomed {
  /** Empty for an instance that somebody added to green. */
  arn: string;
  database: Named;
  /** Absent if RDS does not describe it. */
  engine?: string;
  engineVersion?: string;
  /** Undefined if RDS does not say so. */
  isProtected?: boolean;
}

/** Includes targets that RDS lists but does not describe, and instances that someone added to green. */
function doomedOf(view: DeploymentView): Doomed[] {
  const { target, members } = view.deployment;
  const shown = greensOf(view);
  const targets = [target, ...members.map((member) => member.target)].filter((arn) => arn !== undefined);
  const arns = [...new Set([...shown.map(({ arn }) => arn), ...targets])];
  const names = new Set([...arns.map((arn) => rdsName(arn).name), ...extraGreensOf(view).map(({ identifier }) => identifier)]);
  // RDS may name an instance of the cluster that it does not describe.
  const unseen = (databaseAt(view, target)?.configuration?.clusterMembers ?? []).filter(({ identifier }) => !names.has(identifier));
  const added = [...extraGreensOf(view), ...unseen];
  return [
    ...arns.map((arn) => doomed(arn, databaseAt(view, arn))),
    ...added.map(({ identifier }) => ({ arn: "", database: { kind: "db", name: identifier }, isProtected: false })),
  ];
}

function doomed(arn: string, database: Database | undefined): Doomed {
  if (!database) return { arn, database: named(arn), isProtected: false };
  const { engine, engineVersion, configuration } = database;
  return { arn, database: named(arn), engine, engineVersion, isProtected: configuration?.deletionProtection };
}

const named = (arn: string): Named => {
  const { kind, name } = rdsName(arn);
  return { kind, name };
};

function verdictOf(checks: readonly Check[], needsPerson: boolean): RecreatePlan["verdict"] {
  const worst = worstOf(checks);
  if (worst === "fail") return "refused";
  return needsPerson || worst === "unknown" ? "asks" : "clear";
}
