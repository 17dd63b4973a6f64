import type { Posted } from "../clients/slack/slack.ts";
import { cardOf } from "../facts/posts.ts";
import { type DeploymentRecord, deploymentKey } from "../facts/record.ts";
import { approvalMessage } from "../messages/approval.ts";
import { buttons } from "../messages/buttons.ts";
import { shortReply } from "../messages/command-replies.ts";
import { context, header, type Message, message, section } from "../messages/message.ts";
import { oneLine, plain } from "../messages/mrkdwn.ts";
import { instead, type Reply } from "../messages/reply.ts";
import { audit } from "../operations/audit.ts";
import { readBlue, stillClaimed } from "../operations/claim.ts";
import { notBegun, putOnBus } from "../operations/end.ts";
import { OPERATIONS } from "../operations/index.ts";
import { leftWords } from "../operations/recreate/words.ts";
import { isHalfDone, type OperationRequest, requestKey } from "../operations/request.ts";
import { amendRequest, isResumedBy, resumeRequest } from "../operations/requests.ts";
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
  return shortReply(
    "good",
    `The ${OPERATIONS[operation].noun} of ${deploymentName} begins. The thread of its card tells how it goes.`,
    `To stop it before its next change, type \`/bluegreen cancel ${deploymentName}\``,
  );
}

/** Asks the other operators to approve a confirmed request, in the deployment's thread and the channel. */
export async function askForApproval(
  request: OperationRequest,
  requestId: string,
  steps: readonly string[],
  dependencies: AnswerDependencies,
): Promise<Message> {
  const { slack, records, time, telemetry } = dependencies;
  let posted: Posted;
  try {
    const record = await records.read<DeploymentRecord>(deploymentKey(request.deploymentId));
    const thread = record && cardOf(record)?.ts;
    posted = await slack.post(
      approvalMessage(request, requestId, steps),
      thread === undefined ? undefined : { ts: thread, broadcast: true },
    );
  } catch (error) {
    const reason = "Nobody could be asked to approve it.";
    // Slack may have shown it all the same, and somebody may have approved it by now.
    await amendRequest(records, requestId, (it) => (it.approved || it.outcome ? it : { ...it, outcome: notBegun(it, reason, time.now()) }));
    throw error;
  }
  const approval = { channel: posted.channel, ts: posted.ts };
  // Whoever presses says where it stands.
  await amendRequest(records, requestId, (it) => ({ ...it, approval })).catch((error: Error) =>
    telemetry.log.error("Not noted where it was asked", { requestId, error: error.message }),
  );
  return shortReply("good", "Confirmed. Another operator has to approve it now: the channel was asked, for 30 minutes.");
}

/** Offers to go on with a recreation that ended after its deletion was asked for. */
export function goOnMessage(request: OperationRequest, confirm: string): Message {
  const { deploymentName, intent, outcome } = request;
  const { BlueGreenDeploymentName = "", TargetEngineVersion = "" } = intent?.create ?? {};
  const title = `Go on with ${oneLine(deploymentName, 90)}?`;
  return message("warning", plain(title), header(title), [
    section(plain(outcome?.text ?? leftWords(request), 900)),
    section(`From the saved spec *${plain(BlueGreenDeploymentName, 90)}* is created, engine version ${plain(TargetEngineVersion, 60)}.`),
    buttons(
      { action: "confirm", words: "Go on", value: confirm, style: "primary" },
      { action: "dismiss", words: "Cancel", value: confirm },
    ),
    context("Only you see this. It can be confirmed for 30 minutes, once."),
  ]);
}

/**
 * Goes on with such a request, under its own id and hence with the same name for the new deployment; another operator has to approve it as
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
  if (!request || !isHalfDone(request, time.now())) return nothingLeft();
  const busy = await stillClaimed(await readBlue(request.blue, records), undefined, planningPorts(dependencies));
  if (busy !== undefined) return instead(shortReply("warning", `${busy} Nothing was changed.`));
  const isApproved = approvals === 0 || (await holdsStill(request, actor, mayOperate, time.now()));
  const now = time.now();
  const resumed = await resumeRequest(records, requestId, actor.name, now, isApproved ? undefined : actor.id);
  // What somebody else has just handed over does not end because this could not be.
  if (!isResumedBy(resumed, actor.name, now)) return nothingLeft();
  audit(dependencies, resumed, { what: "resumed", via: "slack", by: actor.name, approvals });
  return instead(
    isApproved ? await begin(resumed, requestId, dependencies) : await askForApproval(resumed, requestId, goOnSteps(resumed), dependencies),
  );
}

const nothingLeft = (): Reply =>
  instead(shortReply("info", "There is nothing left to go on with.", "Type `/bluegreen status` to see how things stand."));

const APPROVED_FOR_MS = 3_600_000;

/** True if the approval that the request once got still lets this person go on. */
async function holdsStill(
  { approvedBy }: OperationRequest,
  actor: Actor,
  mayOperate: Refusals["mayOperate"],
  now: number,
): Promise<boolean> {
  if (approvedBy?.id === undefined || approvedBy.id === actor.id || now - Date.parse(approvedBy.at) >= APPROVED_FOR_MS) return false;
  return (await mayOperate(approvedBy.id)) === "yes";
}

function goOnSteps(request: OperationRequest): string[] {
  const { BlueGreenDeploymentName = "", TargetEngineVersion = "" } = request.intent?.create ?? {};
  return [
    leftWords(request),
    `Create blue/green deployment ${BlueGreenDeploymentName} from the saved spec, engine version ${TargetEngineVersion}.`,
  ];
}
