import type { Item } from "../../clients/records.ts";
import { rdsName } from "../../deployments/arn.ts";
import type { DeploymentView } from "../../deployments/deployment.ts";
import type { Spec } from "../../deployments/spec.ts";
import { type DeploymentRecord, deploymentKey } from "../../facts/record.ts";
import { type RecreatePlan, recreatePlan } from "../../plans/plan.ts";
import { preflight } from "../../plans/preflight/preflight.ts";
import { preflightQuestion } from "../../plans/preflight/question.ts";
import { baseOf, recreateName } from "../../plans/recreate-name.ts";
import { type AskedFields, type SettledSpec, settleSpec } from "../../plans/spec/settled.ts";
import { stateHashOf } from "../../plans/state-hash.ts";
import { FinalError } from "../final-error.ts";
import { viewOf } from "../view-of.ts";
import { MissingFieldsError } from "./asked-fields.ts";
import type { PlanPorts, RecreatePorts } from "./ports.ts";

/** A plan, and the state hash that its confirmation holds. */
export interface PlannedRecreation {
  view: DeploymentView;
  spec: SettledSpec;
  plan: RecreatePlan;
  stateHash: string;
}

/** What a deployment was created from, in case it is never built and so cannot show it. */
interface KeptSpec extends Item {
  spec: Spec;
  /** Seconds since 1970. */
  expiresAt: number;
}

const specKey = (deploymentId: string): string => `spec#${deploymentId}`;

/**
 * Reads everything and plans the recreation of the deployment, with the fields that a person asks for.
 *
 * @throws MissingFieldsError if a person has to give more of them, FinalError if there is nothing to plan with.
 */
export async function planRecreation(
  id: string,
  requestId: string,
  { rds, records, now, principal }: PlanPorts,
  asked: AskedFields = {},
): Promise<PlannedRecreation> {
  const view = await viewOf(id, rds);
  if (!view) throw new FinalError(`RDS does not know deployment ${id}: there is nothing to recreate.`);
  if (asked.targetDBClusterParameterGroupName !== undefined && rdsName(view.deployment.source).kind !== "cluster") {
    throw new FinalError(`Blue is the instance ${rdsName(view.deployment.source).name}, which takes no cluster parameter group.`);
  }
  const { spec, missing } = settleSpec({ view, saved: await savedSpec(id, records), asked });
  if (!spec) throw new MissingFieldsError(view.deployment.name, missing, asked);
  const question = preflightQuestion(view, spec);
  if (!question) throw new FinalError(`RDS does not know blue, ${spec.source}: there is nothing to create green from.`);
  const checks = preflight(view, spec, await rds.preflight(question, principal));
  const newName = recreateName(baseOf(view.deployment), requestId);
  const plan = recreatePlan({ view, spec, checks, newName, now: now() });
  return { view, spec, plan, stateHash: stateHashOf({ view, steps: plan.steps, asked }) };
}

/** What was written down of the deployment's spec, when green was ready or when the guard created it; undefined if nothing was. */
export async function savedSpec(id: string, records: PlanPorts["records"]): Promise<Spec | undefined> {
  return (await records.read<DeploymentRecord>(deploymentKey(id)))?.spec ?? (await records.read<KeptSpec>(specKey(id)))?.spec;
}

/** Keeps what a deployment was created from; `expiresAt` is in seconds since 1970. */
export async function keepSpec(id: string, spec: Spec, expiresAt: number, records: RecreatePorts["records"]): Promise<void> {
  await records.write<KeptSpec>({ key: specKey(id), version: 0, spec, expiresAt });
}
