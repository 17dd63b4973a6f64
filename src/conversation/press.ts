import { isAt } from "../facts/posts.ts";
import { type DeploymentRecord, deploymentKey } from "../facts/record.ts";
import type { Answer } from "../messages/answers.ts";
import { answer } from "../messages/slack/command-replies.ts";
import { type Reply, toAsker } from "../messages/slack/reply.ts";
import { audit } from "../operations/audit.ts";
import { type OperationName, operationOf } from "../operations/index.ts";
import { type OperationRequest, requestKey } from "../operations/request.ts";
import { approveRequest, cancelRequest } from "../operations/requests.ts";
import { wake } from "../operations/waiting/wake.ts";
import { placesAsked } from "./asked-at.ts";
import { begin } from "./begin.ts";
import { decided, howDecided } from "./decided.ts";
import { showPlan } from "./plan.ts";
import type { AnswerDependencies } from "./ports.ts";
import type { Refusals } from "./refusals.ts";
import type { Press } from "./slack-request.ts";

const say = (it: Answer): Reply => toAsker(answer(it));
const outdated = (): Reply => say({ code: "outdated-button" });

/** Handles a button like the command, if its card is still the deployment's own, or its entry in the default channel still offers that. */
export async function pressedCard(
  { value: id, message, channel, actor }: Press,
  operation: OperationName,
  dependencies: AnswerDependencies,
): Promise<Reply> {
  const record = await dependencies.records.read<DeploymentRecord>(deploymentKey(id));
  const post = record?.posts.find((it) => isAt(it, { in: channel, ts: message }));
  const isOffered = post?.of === "card" || post?.offers === operation;
  if (!isOffered || record?.continuedBy !== undefined) return outdated();
  const timeoutSeconds = operationOf(operation).timeout?.leftOut;
  return showPlan({ operation, typed: id, timeoutSeconds, actor }, dependencies);
}

/** Holds what the policy has announced; anybody in the channel may do so until it starts. */
export async function holdAnnounced(
  { value: requestId, message, channel, actor }: Press,
  dependencies: AnswerDependencies,
): Promise<Reply> {
  const { records, time } = dependencies;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  const record = request && (await records.read<DeploymentRecord>(deploymentKey(request.deploymentId)));
  const post = record?.posts.find((it) => isAt(it, { in: channel, ts: message }));
  const announcement = record?.facts.find(({ id, signal }) => signal === "recreate-announced" && post?.of.includes(id));
  const isIts = announcement?.reports.some(({ reading }) => reading.operation?.requestId === requestId);
  if (!request || !isIts) return outdated();
  if (request.outcome ?? request.cancelled) return say({ code: "not-going-to-begin" });
  const { deploymentName: name } = request;
  if (request.notes?.some(({ step }) => step === "started")) return say({ code: "has-begun", name });
  const held = await cancelRequest(records, requestId, actor, time.now());
  await wake(held, dependencies.executions);
  audit(dependencies, request, { what: "held", via: "slack", by: actor });
  return say({ code: "held", name });
}

/** Approves and starts a confirmed request, for an operator other than its asker, who has to be an operator still. */
export async function approve(press: Press, mayOperate: Refusals["mayOperate"], dependencies: AnswerDependencies): Promise<Reply> {
  const { actor } = press;
  const { records, time } = dependencies;
  const found = await waitingRequest(press, dependencies);
  if ("reply" in found) return found.reply;
  const { request, requestId } = found;
  if (request.askerId === actor.id) return say({ code: "asker-cannot-approve" });
  const asker = request.askerId === undefined ? "yes" : await mayOperate(request.askerId);
  if (asker === "no") return say({ code: "asker-is-no-operator", asker: request.requestedBy });
  if (asker !== "yes") return say({ code: "asker-unknown", asker: request.requestedBy });
  const now = time.now();
  const approved = await approveRequest(records, requestId, actor, now);
  if (approved.approvedBy?.by.id !== actor.id || approved.approvedBy.at !== new Date(now).toISOString()) return outdated();
  audit(dependencies, request, { what: "approved", via: "slack", by: actor });
  const begins = await begin(approved, requestId, dependencies).catch(async (error: Error) => {
    const stored = await records.read<OperationRequest>(requestKey(requestId)).catch(() => undefined);
    if (stored?.outcome) await decided({ ...stored, approval: request.approval }, howDecided(stored), dependencies);
    throw error;
  });
  await decided({ ...approved, approval: request.approval }, { code: "approved-and-begins", by: actor }, dependencies);
  return toAsker(begins);
}

/** Rejects a confirmed request, the operator's own or another's. */
export async function reject(press: Press, dependencies: AnswerDependencies): Promise<Reply> {
  const { actor } = press;
  const found = await waitingRequest(press, dependencies);
  if ("reply" in found) return found.reply;
  const { request, requestId } = found;
  await cancelRequest(dependencies.records, requestId, actor, dependencies.time.now());
  audit(dependencies, request, { what: "rejected", via: "slack", by: actor });
  await decided(request, { code: "rejected", by: actor }, dependencies);
  return say({ code: "rejected" });
}

/** The request that the pressed message asks about, if it still waits; otherwise the message loses its buttons. */
async function waitingRequest(
  { value: requestId, message, channel }: Press,
  dependencies: AnswerDependencies,
): Promise<{ request: OperationRequest; requestId: string } | { reply: Reply }> {
  const stored = await dependencies.records.read<OperationRequest>(requestKey(requestId));
  // A quick person presses before the guard has recorded where it asked.
  const approval = stored?.approval ?? (stored?.via === "slack" && !stored.approved ? { channel, ts: message } : undefined);
  const isIts = placesAsked({ ...stored, approval }).some((it) => it.ts === message && it.channel === channel);
  if (!stored || !isIts) return { reply: outdated() };
  const request = { ...stored, approval };
  const isLate = dependencies.time.now() >= Date.parse(request.validUntil);
  if (!request.approved && !request.outcome && !request.cancelled && !isLate) return { request, requestId };
  const how = howDecided(request);
  await decided(request, how, dependencies);
  return { reply: say({ code: "decided-already", how }) };
}
