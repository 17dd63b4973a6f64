import { type DeploymentRecord, deploymentKey } from "../facts/record.ts";
import * as words from "../messages/language.ts";
import { approvalMessage } from "../messages/slack/approval.ts";
import { answer } from "../messages/slack/command-replies.ts";
import { slackForm } from "../messages/slack/form.ts";
import type { Message } from "../messages/slack/message.ts";
import { instead, type Reply } from "../messages/slack/reply.ts";
import { audit } from "../operations/audit.ts";
import { readBlue, stillClaimed } from "../operations/claim.ts";
import { notBegun, putOnBus } from "../operations/end.ts";
import { leftOf } from "../operations/recreate/ended-as.ts";
import { isHalfDone, type OperationRequest, requestKey } from "../operations/request.ts";
import { amendRequest, resumeRequest } from "../operations/requests.ts";
import { askIn } from "./asked-at.ts";
import { decided, howDecided } from "./decided.ts";
import { type AnswerDependencies, planningPorts } from "./ports.ts";
import type { Refusals } from "./refusals.ts";
import type { Actor } from "./slack-request.ts";

/** Starts an approved request; if the bus does not accept it, ends the request, so that it can be asked for again. */
export async function begin(
  request: OperationRequest,
  requestId: string,
  { bus, records, time }: Pick<AnswerDependencies, "bus" | "records" | "time">,
): Promise<Message> {
  const { operation, deploymentName } = request;
  await putOnBus(operation, requestId, { bus, records, now: () => time.now() });
  return answer({ code: "begins", operation, name: deploymentName });
}

/** Asks the other operators to approve a confirmed request, in the deployment's thread and the channel. */
export async function askForApproval(
  request: OperationRequest,
  requestId: string,
  steps: readonly string[],
  dependencies: AnswerDependencies,
): Promise<Message> {
  const { slack, records, time, telemetry } = dependencies;
  let asked: Awaited<ReturnType<typeof askIn>>;
  try {
    const record = await records.read<DeploymentRecord>(deploymentKey(request.deploymentId));
    asked = await askIn(record, approvalMessage(request, requestId, steps), slack);
  } catch (error) {
    const reason = { code: "nobody-to-approve" } as const;
    await amendRequest(records, requestId, (it) => ({ ...it, outcome: notBegun(it, reason, time.now()) }));
    throw error;
  }
  const { approval, approvalCopy, failure } = asked;
  if (failure !== undefined) telemetry.log.error("Not asked in one of two channels", { requestId, error: String(failure) });
  // Whoever presses says where it stands.
  const noted = await amendRequest(records, requestId, (it) => ({ ...it, approval, approvalCopy })).catch((error: Error) =>
    telemetry.log.error("Not noted where it was asked", { requestId, error: error.message }),
  );
  // A quick person has pressed one of two messages before.
  if (noted && approvalCopy && (noted.approved || noted.cancelled || noted.outcome)) await decided(noted, howDecided(noted), dependencies);
  return answer({ code: "approval-asked" });
}

/**
 * Goes on with a request that ended after its deletion was asked for, under its own id and hence with the same name for the new deployment; another operator has to approve it as
 * they had to approve its beginning, unless that was less than an hour ago and by somebody who is an operator still.
 */
export async function goOn(
  requestId: string,
  actor: Actor,
  mayOperate: Refusals["mayOperate"],
  dependencies: AnswerDependencies,
): Promise<Reply> {
  const { records, time, approvals } = dependencies;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  if (!request || !isHalfDone(request, time.now())) {
    return instead(answer({ code: "nothing-to-go-on-with" }));
  }
  const busy = await stillClaimed(await readBlue(request.blue, records), undefined, planningPorts(dependencies));
  if (busy !== undefined) return instead(answer({ code: "cannot-go-on", why: busy }));
  const isApproved = approvals === 0 || (await holdsStill(request, actor, mayOperate, time.now()));
  const resumed = await resumeRequest(records, requestId, actor, time.now(), isApproved ? undefined : actor.id);
  audit(dependencies, resumed, { what: "resumed", via: "slack", by: actor, approvals });
  return instead(
    isApproved
      ? await begin(resumed, requestId, dependencies)
      : await askForApproval(resumed, requestId, words.goOnSteps(leftOf(resumed), resumed, slackForm(true)), dependencies),
  );
}

const APPROVED_FOR_MS = 3_600_000;

/** True if the approval that the request once got still lets this person go on. */
async function holdsStill(
  { approvedBy }: OperationRequest,
  actor: Actor,
  mayOperate: Refusals["mayOperate"],
  now: number,
): Promise<boolean> {
  const id = approvedBy?.by.id;
  if (id === undefined || id === actor.id || now - Date.parse(approvedBy?.at ?? "") >= APPROVED_FOR_MS) return false;
  return (await mayOperate(id)) === "yes";
}
