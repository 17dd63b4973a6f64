import * as v from "valibot";
import { buildMsOf } from "../facts/build-time.ts";
import { type DeploymentRecord, deploymentKey } from "../facts/record.ts";
import * as words from "../messages/language.ts";
import { slackForm } from "../messages/slack/form.ts";
import type { Message } from "../messages/slack/message.ts";
import { type PlanFrame, recreatePlanMessage, switchoverPlanMessage } from "../messages/slack/plan-message.ts";
import { readBlue, stillClaimed } from "../operations/claim.ts";
import { FinalError } from "../operations/final-error.ts";
import { OPERATION_NAMES, type OperationName } from "../operations/index.ts";
import { proposeRecreation } from "../operations/propose.ts";
import type { Asked } from "../operations/request.ts";
import { planSwitchover } from "../operations/switchover/plan.ts";
import type { Standing } from "../standing/standing.ts";
import { type AnswerDependencies, planningPorts } from "./ports.ts";
import type { Actor } from "./slack-request.ts";

const AS = slackForm(true);

/** What somebody in Slack wants a plan for. */
export interface Wish {
  operation: OperationName;
  /** The whole name or id. */
  typed: string;
  timeoutSeconds?: number;
  actor: Actor;
}

export const CONFIRMATION = v.object({
  request: v.string(),
  operation: v.picklist(OPERATION_NAMES),
  deployment: v.string(),
  hash: v.string(),
  at: v.number(),
  asker: v.string(),
  timeoutSeconds: v.optional(v.number()),
  goOn: v.optional(v.boolean()),
  force: v.optional(v.boolean()),
  /** True if nothing was wrong with it: one that has recovered since needs its full name. */
  healthy: v.optional(v.boolean()),
});

/** What a plan's buttons carry: for which request, on what state, whose, and since when. */
export type Confirmation = v.InferOutput<typeof CONFIRMATION>;

/** A plan as shown, and what its confirmation asks for. */
export interface ShownPlan {
  asked: Omit<Asked, "requestedBy" | "via" | "approved">;
  /** How the deployment stands now. */
  standing: Standing;
  /** Why it cannot be done, in words; absent if it can. */
  refusal?: string;
  /** What is about to be done, in words. */
  steps: readonly string[];
  /** The plan as shown, with `notes` before it. */
  message(notes: string[]): Message;
}

/** What a plan is made from: the wish, and the id that its request will have. */
export interface Planning extends Omit<Wish, "typed"> {
  deployment: string;
  requestId: string;
}

/** Plans what somebody wants; returns a FinalError if there is nothing to plan with. */
export async function planFor(planning: Planning, dependencies: AnswerDependencies): Promise<ShownPlan | FinalError> {
  try {
    return await PLANNERS[planning.operation](planning, dependencies);
  } catch (error) {
    if (error instanceof FinalError) return error;
    throw error;
  }
}

const PLANNERS: Record<OperationName, (planning: Planning, dependencies: AnswerDependencies) => Promise<ShownPlan>> = {
  recreate: showRecreation,
  switchover: showSwitchover,
};

async function showRecreation(planning: Planning, dependencies: AnswerDependencies): Promise<ShownPlan> {
  const { rds, metrics, records, principal, time } = dependencies;
  const { deployment, requestId } = planning;
  const { plan, view, asked, standing, incomplete, refusals } = await proposeRecreation(deployment, requestId, {
    rds,
    metrics,
    records,
    principal,
    now: () => time.now(),
  });
  const claimed =
    refusals.length > 0 ? undefined : await stillClaimed(await readBlue(asked.blue, records), undefined, planningPorts(dependencies));
  const reasons = claimed ? [claimed] : refusals;
  const refusal = reasons.length > 0 ? reasons.map((it) => words.reasonWords(it, AS)).join(" ") : undefined;
  const record = await records.read<DeploymentRecord>(deploymentKey(deployment));
  const of = { ...planning, healthy: standing.healthy };
  const howLong = words.recreationTakes(buildMsOf(record?.facts ?? [], view.deployment.createTime));
  return {
    asked,
    standing,
    refusal,
    steps: plan.steps.map((it) => words.stepText(it, AS)),
    message: (notes) => recreatePlanMessage(plan, standing, incomplete, frame(of, asked.stateHash, refusal, notes, howLong, dependencies)),
  };
}

async function showSwitchover(planning: Planning, dependencies: AnswerDependencies): Promise<ShownPlan> {
  const { deployment, timeoutSeconds = 0 } = planning;
  const { plan, standing, asked, failed } = await planSwitchover(deployment, timeoutSeconds, planningPorts(dependencies));
  const refusal = failed.length > 0 ? words.PLAN_NOTES["not-ready"] : undefined;
  const howLong = words.switchoverTakes(timeoutSeconds);
  return {
    asked,
    standing,
    refusal,
    steps: plan.steps.map((it) => words.stepText(it, AS)),
    message: (notes) => switchoverPlanMessage(plan, standing, frame(planning, asked.stateHash, refusal, notes, howLong, dependencies)),
  };
}

function frame(
  { operation, deployment, requestId, timeoutSeconds, actor, healthy }: Planning & Pick<Confirmation, "healthy">,
  hash: string,
  refusal: string | undefined,
  notes: string[],
  howLong: string,
  { approvals, time, form }: AnswerDependencies,
): PlanFrame {
  const value: Confirmation = { request: requestId, operation, deployment, hash, at: time.now(), asker: actor.id, timeoutSeconds, healthy };
  const confirm = refusal === undefined ? JSON.stringify(value) : undefined;
  return { confirm, notes: [...notes, ...(refusal === undefined ? [] : [words.cannotBeDone(refusal)])], approvals, howLong, form };
}
