import { randomUUID } from "node:crypto";
import { safeParse } from "valibot";
import { findDeployment, isNotFound } from "../deployments/find-deployment.ts";
import * as words from "../messages/language.ts";
import { needsFullName } from "../messages/plan-shape.ts";
import { answer } from "../messages/slack/command-replies.ts";
import { goOnMessage } from "../messages/slack/go-on.ts";
import type { Message } from "../messages/slack/message.ts";
import { instead, type Reply, toAsker } from "../messages/slack/reply.ts";
import { audit } from "../operations/audit.ts";
import { FinalError } from "../operations/final-error.ts";
import { findHalfDone, findUnderWay, onlyBeginning, severalMeant } from "../operations/find-request.ts";
import { leftOf } from "../operations/recreate/ended-as.ts";
import { isHalfDone, newRequest, type OperationRequest, requestIdOf, requestKey, VALID_MS } from "../operations/request.ts";
import { openRequests, writeRequest } from "../operations/requests.ts";
import { askerOf } from "../operations/says/asker.ts";
import { askForApproval, begin, goOn } from "./begin.ts";
import { confirmForce } from "./force.ts";
import { CONFIRMATION, type Confirmation, planFor, type Wish } from "./planning.ts";
import type { AnswerDependencies } from "./ports.ts";
import type { Refusals } from "./refusals.ts";
import type { Actor } from "./slack-request.ts";

/** Reads what a plan's button carried; undefined if it is not a confirmation. */
export function readConfirmation(value: string): Confirmation | undefined {
  try {
    const read = safeParse(CONFIRMATION, JSON.parse(value));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

/** Shows what would be done, for the asker to confirm or dismiss. */
export async function showPlan({ typed, ...wish }: Wish, dependencies: AnswerDependencies): Promise<Reply> {
  const { rds, records, time } = dependencies;
  const requests = await openRequests(records);
  const found = findDeployment(await rds.deployments(), typed);
  if (isNotFound(found)) {
    const halfDone = requests.filter((it) => it.operation === wish.operation && isHalfDone(it, time.now()));
    const several = severalMeant(halfDone, typed);
    if (several) return toAsker(answer(several));
    const unfinished = findHalfDone(halfDone, typed, time.now());
    if (unfinished) return toAsker(goOnMessage(unfinished, leftOf(unfinished), goOnValue(unfinished, wish.actor, time.now())));
    return toAsker(answer(onlyBeginning(halfDone, typed) ?? found));
  }
  const running = findUnderWay(requests, found.id, time.now());
  if (running) return toAsker(busy(running));
  const requestId = randomUUID();
  const planned = await planFor({ ...wish, deployment: found.id, requestId }, dependencies);
  if (planned instanceof FinalError) return toAsker(answer({ code: "cannot-plan", why: planned.reason, confirmed: false }));
  if (wish.operation === "recreate" && needsFullName(planned.standing, typed))
    return toAsker(answer({ code: "full-name-needed", name: found.name, id: found.id }));
  return toAsker(planned.message([]));
}

/** Acts on a confirmed plan: compares it with how things are now, records the request, and starts it or asks for approval. */
export async function confirm(
  confirmation: Confirmation,
  actor: Actor,
  mayOperate: Refusals["mayOperate"],
  dependencies: AnswerDependencies,
): Promise<Reply> {
  const { records, time, approvals } = dependencies;
  const { operation, deployment, request: requestId, hash, at, timeoutSeconds } = confirmation;
  if (time.now() - at >= VALID_MS) {
    return instead(answer({ code: "plan-too-old", operation, deployment }));
  }
  if (confirmation.force) return confirmForce(confirmation, actor, dependencies);
  if (confirmation.goOn) return goOn(requestId, actor, mayOperate, dependencies);
  if (await records.read(requestKey(requestId))) return instead(usedAlready());
  const planned = await planFor({ operation, deployment, requestId, timeoutSeconds, actor }, dependencies);
  if (planned instanceof FinalError) return instead(answer({ code: "cannot-plan", why: planned.reason, confirmed: true }));
  const { asked, refusal } = planned;
  if (refusal !== undefined) return instead(planned.message([]));
  if (operation === "recreate" && !confirmation.healthy && needsFullName(planned.standing, deployment))
    return instead(answer({ code: "recovered", name: asked.deploymentName, id: asked.deploymentId }));
  if (asked.stateHash !== hash) {
    const outdated = { key: requestKey(requestId), operation, deploymentId: deployment };
    audit(dependencies, outdated, { what: "outdated", via: "slack", by: actor });
    return instead(planned.message([words.PLAN_NOTES.changed]));
  }
  const by = { requestedBy: actor, askerId: actor.id, via: "slack", approved: approvals === 0 } as const;
  const request = newRequest(requestId, { ...asked, ...by }, time.now());
  if (!(await writeRequest(records, request))) return instead(usedAlready());
  audit(dependencies, request, { what: "confirmed", via: "slack", by: actor, approvals });
  return instead(
    approvals === 0 ? await begin(request, requestId, dependencies) : await askForApproval(request, requestId, planned.steps, dependencies),
  );
}

const usedAlready = (): Message => answer({ code: "plan-used-already" });

const busy = (running: OperationRequest): Message => {
  const { operation, deploymentName: name, approved } = running;
  return answer({ code: "under-way", operation, name, asker: askerOf(running), approved });
};

function goOnValue({ key, operation, deploymentId }: OperationRequest, actor: Actor, at: number): string {
  const value: Confirmation = {
    request: requestIdOf(key) ?? "",
    operation,
    deployment: deploymentId,
    hash: "",
    at,
    asker: actor.id,
    goOn: true,
  };
  return JSON.stringify(value);
}
