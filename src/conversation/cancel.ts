import { listReply, shortReply } from "../messages/slack/command-replies.ts";
import type { Message } from "../messages/slack/message.ts";
import { LEAVES, stopsWords } from "../messages/stopping.ts";
import { audit } from "../operations/audit.ts";
import { decideUnclear, markDecided, quietWords, readBlue } from "../operations/claim.ts";
import { beginningWords, concerns, findUnderWay, severalWords, stoppable } from "../operations/find-request.ts";
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
  const several = severalWords(stoppable(requests, time.now()), typed);
  if (several !== undefined) return listReply(several);
  const running = findUnderWay(requests, typed, time.now());
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

/** Shows what ending it by force means; what has not begun, or ended unclear, is cancelled without. */
export async function force(typed: string, actor: Actor, dependencies: AnswerDependencies): Promise<Message> {
  const { records, time } = dependencies;
  const several = severalWords(stoppable(await openRequests(records), time.now()), typed);
  if (several !== undefined) return listReply(several);
  return (await showForce(typed, actor, dependencies)) ?? cancel(typed, actor, dependencies);
}

async function stop(running: OperationRequest, actor: Actor, dependencies: AnswerDependencies): Promise<Message> {
  const stopped = await cancelRequest(dependencies.records, requestIdOf(running.key) ?? "", actor.name, dependencies.time.now());
  const isWoken = await wake(stopped, dependencies.executions);
  audit(dependencies, running, { what: "cancelled", via: "slack", by: actor.name });
  // What has begun was approved, and the thread says what it has changed.
  if (stopped.usedBy === undefined) await decided(stopped, `Stopped by ${actor.name}: nothing was changed.`, dependencies);
  await dependencies.tell?.(stopped.created ?? stopped.deploymentId);
  const leaves = leavesOf(stopped);
  if (stopped.usedBy === undefined) return shortReply("good", `It had not begun, and will not. ${LEAVES[leaves]}`);
  const owner = await dependencies.executions.ownerOf(stopped.usedBy);
  const { outcome } = (await dependencies.records.read<OperationRequest>(running.key)) ?? stopped;
  if (outcome) return shortReply("good", `It has ended: ${outcome.text}`);
  if (owner.state !== "running") return notAtWork(owner, running, leaves);
  return shortReply("good", `It ${stopsWords(leaves, isWoken)} The thread of its card says how it has ended.`);
}

/** What follows where nobody is known to be at work who could stop: only an end that Lambda tells of releases the database by itself. */
function notAtWork(owner: Owner, { deploymentName }: OperationRequest, leaves: Leaves): Message {
  if (owner.state === "ended") {
    const text = `Its execution has ended already (${owner.status}), without saying how. Its database is released within five minutes, and the thread says what it left.`;
    return shortReply("warning", text);
  }
  const why =
    owner.state === "unknown"
      ? `Whether it is at work could not be asked: ${owner.why}`
      : "Lambda knows no execution that is at work on it";
  return shortReply(
    "warning",
    `${why}. If one is, it ${stopsWords(leaves, false)}`,
    `To end it for good, and see first what that means: \`/bluegreen cancel ${deploymentName} --force\``,
  );
}

async function putAside(unclear: OperationRequest, actor: Actor, dependencies: AnswerDependencies): Promise<Message> {
  const { records, time, telemetry } = dependencies;
  const id = requestIdOf(unclear.key) ?? "";
  const ports = { records, now: () => time.now() };
  await markDecided(id, actor.name, ports);
  audit(dependencies, unclear, { what: "decided", via: "slack", by: actor.name });
  // The next sweep releases what could not be released here.
  const released = await decideUnclear(id, actor.name, ports).catch((error: Error) =>
    telemetry.log.error("Not released", { requestId: id, error: error.message }),
  );
  const quiet = quietWords(await readBlue(unclear.blue, records), time.now());
  const begins = quiet ?? `other operations on its database may begin${released ? "" : " within five minutes"}.`;
  return shortReply("good", `Put aside: ${begins} Nothing was changed in RDS.`);
}
