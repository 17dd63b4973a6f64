import { answer } from "../messages/slack/command-replies.ts";
import { forcePlanMessage } from "../messages/slack/force-plan.ts";
import type { Message } from "../messages/slack/message.ts";
import { instead, type Reply } from "../messages/slack/reply.ts";
import { audit } from "../operations/audit.ts";
import { type ForceFacts, type ForcePorts, findForceable, forceFacts, forceState, rdsNow } from "../operations/force.ts";
import { type OperationRequest, requestIdOf, requestKey } from "../operations/request.ts";
import { stopByForce } from "../operations/settle.ts";
import type { Confirmation } from "./planning.ts";
import type { AnswerDependencies } from "./ports.ts";
import type { Actor } from "./slack-request.ts";

const portsOf = ({ records, rds, executions, time }: AnswerDependencies): ForcePorts => ({
  records,
  rds,
  executions,
  now: () => time.now(),
});

/** Shows what it means to end an operation by force, for the asker to confirm; undefined if none has begun. */
export async function showForce(typed: string, actor: Actor, dependencies: AnswerDependencies): Promise<Message | undefined> {
  const ports = portsOf(dependencies);
  const request = await findForceable(typed, ports);
  if (!request) return undefined;
  const facts = await forceFacts(request, ports);
  return forcePlanMessage(facts, confirmationOf(facts, actor, ports.now()));
}

/** Ends it, if its execution and what it leaves stand as they did in the plan; otherwise shows the new plan. */
export async function confirmForce(confirmation: Confirmation, actor: Actor, dependencies: AnswerDependencies): Promise<Reply> {
  const ports = portsOf(dependencies);
  const { request: requestId, deployment, hash } = confirmation;
  const request = await findForceable(deployment, ports);
  if (!request || requestIdOf(request.key) !== requestId) {
    return instead(answer({ code: "ended-meanwhile" }));
  }
  const facts = await forceFacts(request, ports);
  if (forceState(facts) !== hash) {
    return instead(forcePlanMessage(facts, confirmationOf(facts, actor, ports.now()), "force-changed"));
  }
  const { records, executions } = dependencies;
  const owner = await stopByForce(requestId, actor, facts.owner.state, { records, executions, now: ports.now });
  audit(dependencies, request, { what: "forced", via: "slack", by: actor, result: owner.state });
  await dependencies.tell?.(request.created ?? request.deploymentId);
  // It may have gone on while the person read.
  const ended = (await records.read<OperationRequest>(requestKey(requestId))) ?? request;
  return instead(answer({ code: "forced", request: ended, owner, rds: await rdsNow(request, ports.rds) }));
}

function confirmationOf(facts: ForceFacts, actor: Actor, at: number): string {
  const { key, operation, deploymentId } = facts.request;
  const value: Confirmation = {
    request: requestIdOf(key) ?? "",
    operation,
    deployment: deploymentId,
    hash: forceState(facts),
    at,
    asker: actor.id,
    force: true,
  };
  return JSON.stringify(value);
}
