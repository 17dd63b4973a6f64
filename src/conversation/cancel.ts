import { listReply, shortReply } from "../messages/command-replies.ts";
import type { Message } from "../messages/message.ts";
import { LEAVES } from "../messages/next-step.ts";
import { audit } from "../operations/audit.ts";
import { decideUnclear } from "../operations/claim.ts";
import { beginningWords, concerns, findUnderWay, stoppable } from "../operations/find-request.ts";
import { leavesOf } from "../operations/read/under-way.ts";
import { isUndecided, type OperationRequest, requestIdOf } from "../operations/request.ts";
import { cancelRequest, openRequests } from "../operations/requests.ts";
import { decided } from "./decided.ts";
import type { AnswerDependencies } from "./ports.ts";
import type { Actor } from "./slack-request.ts";

/** Stops an operation under way before its next change, or puts aside one that ended unclear. */
export async function cancel(typed: string, actor: Actor, dependencies: AnswerDependencies): Promise<Message> {
  const { records, time } = dependencies;
  const requests = await openRequests(records);
  const meant = requests.filter((it) => it.outcome === undefined && concerns(it, typed));
  const ids = new Set(meant.map(({ deploymentId }) => deploymentId));
  if (ids.size > 1) {
    const list = meant.map(({ deploymentName, deploymentId }) => `  ${deploymentName} (${deploymentId})`).join("\n");
    return listReply(`Several deployments are called "${typed}". Say which by its id:\n${list}`);
  }
  const running = findUnderWay(meant, [...ids][0] ?? "", time.now());
  if (running) return stop(running, actor, dependencies);
  const unclear = requests.find((it) => isUndecided(it) && concerns(it, typed));
  if (unclear) return putAside(unclear, actor, dependencies);
  const begins = beginningWords(stoppable(requests, time.now()), typed);
  if (begins !== undefined) return listReply(begins);
  return shortReply(
    "warning",
    `No operation on "${typed}" is under way: there is nothing to stop.`,
    "Type `/bluegreen` to see every deployment.",
  );
}

async function stop(running: OperationRequest, actor: Actor, dependencies: AnswerDependencies): Promise<Message> {
  const stopped = await cancelRequest(dependencies.records, requestIdOf(running.key) ?? "", actor.name, dependencies.time.now());
  audit(dependencies, running, { what: "cancelled", via: "slack", by: actor.name });
  await decided(running, `Stopped by ${actor.name}: nothing was changed.`, dependencies);
  await dependencies.tell?.(stopped.created ?? stopped.deploymentId);
  const isBegun = running.usedBy !== undefined;
  const stops = `It stops before its next change to RDS. What RDS is doing by now, RDS goes on with. ${LEAVES[leavesOf(stopped)]}`;
  return shortReply("good", isBegun ? stops : "It had not begun, and will not.");
}

async function putAside(unclear: OperationRequest, actor: Actor, dependencies: AnswerDependencies): Promise<Message> {
  const { records, time } = dependencies;
  await decideUnclear(requestIdOf(unclear.key) ?? "", actor.name, { records, now: () => time.now() });
  audit(dependencies, unclear, { what: "decided", via: "slack", by: actor.name });
  return shortReply("good", "Put aside: other operations on its database may begin. Nothing was changed in RDS.");
}
