import { randomUUID } from "node:crypto";
import { safeParse } from "valibot";
import { findDeployment, isNotFound } from "../deployments/find-deployment.ts";
import { NOT_FOUND } from "../messages/en/not-found.ts";
import { fullNameNeeded } from "../messages/en/plan-parts.ts";
import { say } from "../messages/form.ts";
import { listReply, shortReply } from "../messages/slack/command-replies.ts";
import type { Message } from "../messages/slack/message.ts";
import { instead, type Reply, toAsker } from "../messages/slack/reply.ts";
import { inTerminal } from "../messages/terminal/form.ts";
import { audit } from "../operations/audit.ts";
import { FinalError } from "../operations/final-error.ts";
import { beginningWords, findHalfDone, findUnderWay, severalWords } from "../operations/find-request.ts";
import { OPERATIONS } from "../operations/index.ts";
import { MissingFieldsError } from "../operations/recreate/asked-fields.ts";
import { isHalfDone, newRequest, type OperationRequest, requestIdOf, requestKey, VALID_MS } from "../operations/request.ts";
import { openRequests, writeRequest } from "../operations/requests.ts";
import { slackCommand } from "../plans/command-lines.ts";
import { askForApproval, begin, goOn, goOnMessage } from "./begin.ts";
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
    const several = severalWords(halfDone, typed);
    if (several !== undefined) return toAsker(listReply(several));
    const unfinished = findHalfDone(halfDone, typed, time.now());
    if (unfinished) return toAsker(goOnMessage(unfinished, goOnValue(unfinished, wish.actor, time.now())));
    return toAsker(
      listReply(beginningWords(halfDone, typed) ?? say(NOT_FOUND, found, inTerminal), "Type `/bluegreen` to see every deployment."),
    );
  }
  const running = findUnderWay(requests, found.id, time.now());
  if (running) return toAsker(busy(running));
  const requestId = randomUUID();
  const planned = await planFor({ ...wish, deployment: found.id, requestId }, dependencies);
  if (planned instanceof FinalError) return toAsker(cannotPlan(planned));
  const name = wish.operation === "recreate" ? fullNameNeeded(planned.standing, typed) : undefined;
  if (name !== undefined) return toAsker(shortReply("warning", name, `\`${slackCommand("recreate", found.name)}\``));
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
    return instead(
      shortReply(
        "warning",
        "This plan is older than 30 minutes, so nothing was done.",
        `Type \`/bluegreen ${operation} ${deployment}\` for a new one.`,
      ),
    );
  }
  if (confirmation.force) return confirmForce(confirmation, actor, dependencies);
  if (confirmation.goOn) return goOn(requestId, actor, mayOperate, dependencies);
  if (await records.read(requestKey(requestId))) return instead(usedAlready());
  const planned = await planFor({ operation, deployment, requestId, timeoutSeconds, actor }, dependencies);
  if (planned instanceof FinalError) return instead(cannotPlan(planned, " Nothing was changed."));
  const { asked, refusal } = planned;
  if (refusal !== undefined) return instead(planned.message([]));
  const recovered = operation === "recreate" && !confirmation.healthy ? fullNameNeeded(planned.standing, deployment) : undefined;
  if (recovered !== undefined) {
    const next = `\`${slackCommand(operation, asked.deploymentName)}\``;
    return instead(shortReply("warning", `It has recovered since the plan that you confirmed, and nothing was done. ${recovered}`, next));
  }
  if (asked.stateHash !== hash) {
    const outdated = { key: requestKey(requestId), operation, deploymentId: deployment };
    audit(dependencies, outdated, { what: "outdated", via: "slack", by: actor.name });
    return instead(
      planned.message(["Things have changed since the plan that you confirmed. Nothing was done; this is how it would be done now."]),
    );
  }
  const by = { requestedBy: actor.name, askerId: actor.id, via: "slack", approved: approvals === 0 } as const;
  const request = newRequest(requestId, { ...asked, ...by }, time.now());
  if (!(await writeRequest(records, request))) return instead(usedAlready());
  audit(dependencies, request, { what: "confirmed", via: "slack", by: actor.name, approvals });
  return instead(
    approvals === 0 ? await begin(request, requestId, dependencies) : await askForApproval(request, requestId, planned.steps, dependencies),
  );
}

/** Why nothing can be planned; names the terminal's command where that can be told more than Slack's. */
function cannotPlan(error: FinalError, more = ""): Message {
  if (!(error instanceof MissingFieldsError)) return shortReply("warning", error.message + more);
  const next = `The command in Slack does not take them. Give what is missing at a terminal: \`${error.command}\``;
  return shortReply("warning", error.sentences.join(" ") + more, next);
}

const usedAlready = (): Message =>
  shortReply("info", "This plan was confirmed already, and is used once.", "Type `/bluegreen status` to see what came of it.");

function busy({ operation, deploymentName, requestedBy, approved }: OperationRequest): Message {
  const state = approved ? "is under way" : "waits for another operator's approval";
  return shortReply(
    "warning",
    `A ${OPERATIONS[operation].noun} of ${deploymentName}, asked for by ${requestedBy}, ${state}.`,
    `Type \`/bluegreen status ${deploymentName}\` to see it, or \`/bluegreen cancel ${deploymentName}\` to stop it.`,
  );
}

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
