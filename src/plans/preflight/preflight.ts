import { type Database, type DeploymentView, databaseAt } from "../../deployments/deployment.ts";
import type { Replication } from "../../deployments/replication.ts";
import { type Check, type Finding, fail } from "../checks.ts";
import type { SettledSpec } from "../spec/settled.ts";
import { checkAvailable, checkBackups, checkCloudFormation, checkInSync, checkPassword, checkReplication, checkTopology } from "./blue.ts";
import type { PreflightFacts } from "./facts.ts";
import { checkPermissions } from "./permissions.ts";
import { isMajorUpgrade, type PreflightAnswers, preflightQuestion } from "./question.ts";
import { checkEngine, checkGlobal, checkGroups, checkOptionGroup, checkTags, checkUpgrade } from "./target.ts";

/** The checks in display order. */
const CHECKS: readonly (readonly [id: string, check: (facts: PreflightFacts) => Finding])[] = [
  ["blue-available", checkAvailable],
  ["engine", checkEngine],
  ["topology", checkTopology],
  ["writer-in-sync", checkInSync],
  ["replication-parameters", checkReplication],
  ["backups", checkBackups],
  ["master-password", checkPassword],
  ["upgrade-target", checkUpgrade],
  ["parameter-groups", checkGroups],
  ["option-group", checkOptionGroup],
  ["permissions", ({ answers }) => checkPermissions(answers.permissions)],
  ["tags", checkTags],
  ["global-database", checkGlobal],
  ["cloudformation", checkCloudFormation],
];

/**
 * Checks, before the deletion, whether the deployment can be created again: a deletion without a new creation is the worst outcome.
 *
 * Each check is independent: a missing answer from AWS makes only that check unknown. If blue does not exist, that is the only result.
 */
export function preflight(view: DeploymentView, spec: SettledSpec, answers: PreflightAnswers): Check[] {
  const { deployment } = view;
  const blue = databaseAt(view, spec.source);
  if (!blue) {
    return [{ id: "blue-available", ...fail({ code: "blue-missing", arn: spec.source }) }];
  }
  const sources = [...new Set([spec.source, ...deployment.members.map(({ source }) => source)])];
  const greens = deployment.members.map(({ target }) => target).filter((it) => it !== undefined);
  const facts: PreflightFacts = {
    deployment,
    spec,
    blue,
    blues: sources.map((arn) => databaseAt(view, arn)).filter((it) => it !== undefined),
    greens: new Set([...greens, ...greens.map((arn) => arn.split(":").slice(6).join(":"))]),
    replication: replicationTo(blue, spec),
    question: preflightQuestion(view, spec),
    answers,
  };
  return CHECKS.map(([id, check]) => ({ id, ...check(facts) }));
}

/** Source: RDS User Guide, blue-green-deployments-replication-type. */
function replicationTo(blue: Database, spec: SettledSpec): Replication {
  if (blue.engine === "aurora-postgresql") return "logical";
  if (blue.engine === "postgres") return isMajorUpgrade(blue.engineVersion, spec) ? "logical" : "physical";
  return "binary log";
}
