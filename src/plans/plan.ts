import { rdsName } from "../deployments/arn.ts";
import { type Database, type DeploymentView, databaseAt } from "../deployments/deployment.ts";
import { ageWords } from "../deployments/time-words.ts";
import { type Check, worstOf } from "./checks.ts";
import { fieldWords } from "./plan-words.ts";
import { notCarried } from "./spec/not-carried.ts";
import type { SettledSpec } from "./spec/settled.ts";
import { extraGreensOf, greensOf } from "./spec/spec.ts";

/** What a recreation is about to do, in words, for a person to accept or refuse. */
export interface RecreatePlan {
  /** The deployment to delete. */
  deployment: { id: string; name: string };
  /** The name of the deployment to create. */
  newName: string;
  /** The steps in order; the same for the same state, so that a confirmation covers exactly these. */
  steps: string[];
  /** Green's clusters and instances, each with kind, name and version; all of them are lost. */
  deletes: string[];
  /** What the new deployment will be created with, each with its origin. */
  creates: string[];
  checks: Check[];
  /** What green has and the new green will not have. */
  notCarried: string[];
  /** What else a person should know, such as green's age and that nothing of it is kept. */
  notes: string[];
  /** ARNs of green databases whose deletion protection the plan turns off; only a person can confirm a plan with any. */
  protectedGreens: string[];
  /** `refused` if a check failed, `asks` if a person has to accept something, otherwise `clear`. */
  verdict: "clear" | "asks" | "refused";
}

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
  const { deployment } = view;
  const doomed = doomedOf(view);
  const protectedGreens = doomed.filter(({ isProtected }) => isProtected !== false);
  const certain = protectedGreens.filter(({ isProtected }) => isProtected);
  return {
    deployment: { id: deployment.id, name: deployment.name },
    newName,
    steps: [
      ...certain.map(({ words }) => `Turn off deletion protection of green ${words}.`),
      `Delete blue/green deployment \`${deployment.name}\` (${deployment.id}) with everything green.`,
      "Wait until it and all of green are gone.",
      `Create blue/green deployment \`${newName}\` on ${kindWord(spec.source)} \`${rdsName(spec.source).name}\`.`,
      "Wait until it is AVAILABLE, its tasks are completed and all its databases are available.",
    ],
    deletes: doomed.map(({ words, version }) => (version ? `${words}, ${version}` : words)),
    creates: fieldWords(spec),
    checks,
    notCarried: notCarried(view, spec.targetDBParameterGroupName.value),
    notes: [
      ...(deployment.createTime ? [`Green is ${ageWords(now - Date.parse(deployment.createTime))} old.`] : []),
      "No snapshot of green is made: RDS has no such option here, and nothing of green can be brought back.",
      `Blue, ${kindWord(spec.source)} \`${rdsName(spec.source).name}\`, stays as it is and in use.`,
      ...protectedGreens
        .filter(({ isProtected }) => isProtected === undefined)
        .map(({ words }) => `RDS does not say whether green ${words} has deletion protection: if so, the deletion is refused.`),
    ],
    protectedGreens: certain.map(({ arn }) => arn),
    verdict: verdictOf(checks, certain.length > 0),
  };
}

/** A green database that is deleted with the deployment. */
interface Doomed {
  arn: string;
  /** Kind and name. */
  words: string;
  version?: string;
  isProtected?: boolean;
}

/** Includes targets that RDS lists but does not describe, and instances that someone added to green. */
function doomedOf(view: DeploymentView): Doomed[] {
  const { target, members } = view.deployment;
  const shown = greensOf(view);
  const named = [target, ...members.map((member) => member.target)].filter((arn) => arn !== undefined);
  const arns = [...new Set([...shown.map(({ arn }) => arn), ...named])];
  const names = new Set([...arns.map((arn) => rdsName(arn).name), ...extraGreensOf(view).map(({ identifier }) => identifier)]);
  // RDS may name an instance of the cluster that it does not describe.
  const unseen = (databaseAt(view, target)?.configuration?.clusterMembers ?? []).filter(({ identifier }) => !names.has(identifier));
  const added = [...extraGreensOf(view), ...unseen];
  return [
    ...arns.map((arn) => doomed(arn, databaseAt(view, arn))),
    ...added.map(({ identifier }) => ({ arn: "", words: `instance \`${identifier}\` (added by hand)`, isProtected: false })),
  ];
}

function doomed(arn: string, database: Database | undefined): Doomed {
  return {
    arn,
    words: `${kindWord(arn)} \`${rdsName(arn).name}\``,
    version: database && `${database.engine} ${database.engineVersion}`,
    isProtected: database ? database.configuration?.deletionProtection : false,
  };
}

function verdictOf(checks: readonly Check[], needsPerson: boolean): RecreatePlan["verdict"] {
  const worst = worstOf(checks);
  if (worst === "fail") return "refused";
  return needsPerson || worst === "unknown" ? "asks" : "clear";
}

const KINDS: Readonly<Record<string, string>> = { db: "instance", "cluster-endpoint": "custom endpoint" };

/** RDS's own word for a kind that has no other. */
function kindWord(arn: string): string {
  const { kind } = rdsName(arn);
  return KINDS[kind] ?? kind;
}
