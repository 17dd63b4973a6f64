import { answer } from "../messages/slack/command-replies.ts";
import type { Message } from "../messages/slack/message.ts";
import { audit } from "../operations/audit.ts";
import { decideUnclear, markDecided, quietOn, readBlue } from "../operations/claim.ts";
import { concerns, findUnderWay, namesUnderWay, onlyBeginning, severalMeant, stoppable } from "../operations/find-request.ts";
import { leavesOf } from "../operations/read/under-way.ts";
import { isUndecided, type OperationRequest, requestIdOf } from "../operations/request.ts";
import { cancelRequest, openRequests } from "../operations/requests.ts";
import type { Owner } from "../operations/settle.ts";
import { wake } from "../operations/waiting/wake.ts";
import type { Leaves } from "../standing/under-way.ts";
import { decided } from "./decided.ts";
import { showForce } from "./force.ts";
import type { AnswerDependencies } from "./ports.ts";
import type { Actor } from "./slack-request.ts";

/** Stops an operation under way before its next change, or puts aside one that ended unclear. */
export async function cancel(typed: string, actor: Actor, dependencies: AnswerDependencies): Promise<Message> {
  const { records, time } = dependencies;
  const requests = await openRequests(records);
  const several = severalMeant(stoppable(requests, time.now()), typed);
  if (several) return answer(several);
  const running = findUnderWay(requests, typed, time.now());
  if (running) return stop(running, actor, dependencies);
  const unclear = requests.find((it) => isUndecided(it) && concerns(it, typed));
  if (unclear) return putAside(unclear, actor, dependencies);
  const stoppables = stoppable(requests, time.now());
  return answer(onlyBeginning(stoppables, typed) ?? { code: "nothing-to-stop", typed, underWay: namesUnderWay(stoppables) });
}

/** Shows what ending it by force means; what has not begun, or ended unclear, is cancelled without. */
export async function force(typed: string, actor: Actor, dependencies: AnswerDependencies): Promise<Message> {
  const { records, time } = dependencies;
  const several = severalMeant(stoppable(await openRequests(records), time.now()), typed);
  if (several) return answer(several);
  return (await showForce(typed, actor, dependencies)) ?? cancel(typed, actor, dependencies);
}

async function stop(running: OperationRequest, actor: Actor, dependencies: AnswerDependencies): Promise<Message> {
  const stopped = await cancelRequest(dependencies.records, requestIdOf(running.key) ?? "", actor, dependencies.time.now());
  const isWoken = await wake(stopped, dependencies.executions);
  audit(dependencies, running, { what: "cancelled", via: "slack", by: actor });
  // What has begun was approved, and the thread says what it has changed.
  if (stopped.usedBy === undefined) await decided(stopped, { code: "stopped", by: actor }, dependencies);
  await dependencies.tell?.(stopped.created ?? stopped.deploymentId);
  const leaves = leavesOf(stopped);
  if (stopped.usedBy === undefined) return answer({ code: "had-not-begun", leaves });
  const owner = await dependencies.executions.ownerOf(stopped.usedBy);
  const { outcome } = (await dependencies.records.read<OperationRequest>(running.key)) ?? stopped;
  if (outcome) return answer({ code: "has-ended", how: outcome.said });
  if (owner.state !== "running") return notAtWork(owner, running, leaves);
  return answer({ code: "stops", leaves, isWoken });
}

/** What follows where nobody is known to be at work who could stop: only an end that Lambda tells of releases the database by itself. */
function notAtWork(owner: Owner, { deploymentName: name }: OperationRequest, leaves: Leaves): Message {
  if (owner.state === "ended") return answer({ code: "execution-ended", status: owner.status });
  return answer({ code: "perhaps-at-work", name, leaves, ...(owner.state === "unknown" && { text: owner.why }) });
}

async function putAside(unclear: OperationRequest, actor: Actor, dependencies: AnswerDependencies): Promise<Message> {
  const { records, time, telemetry } = dependencies;
  const id = requestIdOf(unclear.key) ?? "";
  const ports = { records, now: () => time.now() };
  await markDecided(id, actor, ports);
  audit(dependencies, unclear, { what: "decided", via: "slack", by: actor });
  // The next sweep releases what could not be released here.
  const released = await decideUnclear(id, actor, ports).catch((error: Error) =>
    telemetry.log.error("Not released", { requestId: id, error: error.message }),
  );
  const quiet = quietOn(await readBlue(unclear.blue, records), time.now());
  return answer({ code: "put-aside", isReleased: released !== undefined, ...(quiet && { quiet }) });
}
