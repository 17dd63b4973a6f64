import { rdsName } from "../../deployments/arn.ts";
import type { DeploymentView } from "../../deployments/deployment.ts";
import { type RecreatePlan, recreatePlan } from "../../plans/plan.ts";
import { preflight } from "../../plans/preflight/preflight.ts";
import { preflightQuestion } from "../../plans/preflight/question.ts";
import { baseOf, recreateName } from "../../plans/recreate-name.ts";
import { type AskedFields, type SettledSpec, settleSpec } from "../../plans/spec/settled.ts";
import { stateHashOf } from "../../plans/state-hash.ts";
import { FinalError } from "../final-error.ts";
import { NotListedError } from "../missing.ts";
import { viewOf } from "../read/view-of.ts";
import { whyGreenStays } from "./green-stays.ts";
import type { PlanPorts } from "./ports.ts";
import { savedSpec } from "./saved-spec.ts";

/** A plan, and the state hash that its confirmation holds. */
export interface PlannedRecreation {
  view: DeploymentView;
  spec: SettledSpec;
  plan: RecreatePlan;
  stateHash: string;
}

/**
 * Reads everything and plans the recreation of the deployment, with the fields that a person asks for.
 *
 * @throws FinalError if a person has to give more of them, if there is nothing to plan with, or green may be production.
 */
export async function planRecreation(id: string, requestId: string, ports: PlanPorts, asked: AskedFields = {}): Promise<PlannedRecreation> {
  const view = await viewToRecreate(id, ports);
  const greenStays = await whyGreenStays(view, ports);
  if (greenStays !== undefined) throw new FinalError(greenStays);
  return planRecreationOf(view, requestId, ports, asked);
}

/** The deployment to recreate, as RDS describes it now. @throws NotListedError if RDS does not list it */
export async function viewToRecreate(id: string, { rds }: PlanPorts): Promise<DeploymentView> {
  const view = await viewOf(id, rds);
  if (!view) throw new NotListedError({ code: "not-listed", id, operation: "recreate" });
  return view;
}

/** The same plan, of a deployment that was just read. */
export async function planRecreationOf(
  view: DeploymentView,
  requestId: string,
  { rds, records, now, principal }: PlanPorts,
  asked: AskedFields = {},
): Promise<PlannedRecreation> {
  const { id } = view.deployment;
  if (asked.targetDBClusterParameterGroupName !== undefined && rdsName(view.deployment.source).kind !== "cluster") {
    throw new FinalError({ code: "no-cluster-group", blue: rdsName(view.deployment.source).name });
  }
  const saved = await savedSpec(id, records);
  const { spec, missing } = settleSpec({ view, saved, asked });
  if (!spec) throw new FinalError({ code: "fields-missing", name: view.deployment.name, missing, asked });
  const question = preflightQuestion(view, spec);
  if (!question) throw new FinalError({ code: "blue-not-known", arn: spec.source });
  const checks = preflight(view, spec, await rds.preflight(question, principal));
  const newName = recreateName(baseOf(view.deployment), requestId);
  const plan = recreatePlan({ view, spec, checks, newName, now: now() });
  return { view, spec, plan, stateHash: stateHashOf({ view, steps: plan.steps, asked }) };
}
