import { say } from "../../../src/messages/form.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { type ForcePorts, findForceable, forceFacts, forceState, rdsNow } from "../../../src/operations/force.ts";
import { type OperationRequest, requestIdOf } from "../../../src/operations/request.ts";
import type { Owner } from "../../../src/operations/settle.ts";
import { accepts, REFUSED, refuse, requesterOf } from "./asked.ts";
import { type Ended, follow } from "./follow.ts";
import type { Guard } from "./guard.ts";
import type { Place } from "./place.ts";
import type { Terminal } from "./terminal.ts";

/** A wish to end an operation by force; `yes` accepts what that means. */
export interface ForceWish {
  yes: boolean;
}

/** Shows what it means to end an operation by force, asks, and ends it; undefined if none has begun for what was typed. */
export async function endByForce(
  typed: string,
  { yes }: ForceWish,
  guard: Guard,
  place: Place,
  terminal: Terminal,
): Promise<Ended | undefined> {
  const ports: ForcePorts = { records: guard.records, rds: place.rds, executions: { ownerOf: guard.ownerOf }, now: place.now };
  const request = await findForceable(typed, ports);
  if (!request) return undefined;
  const facts = await forceFacts(request, ports);
  const { title, lines } = words.forceParts(facts, inTerminal, guard.isHere);
  terminal.say([title, ...lines.map((line) => `  ${line}`), ""].join("\n"));
  terminal.tell({
    force: {
      request: requestIdOf(request.key),
      owner: facts.owner.state,
      rds: facts.rds.map((it) => say(words.RDS_SHOWS, it, inTerminal)),
    },
  });
  if (!(await accepts(yes, terminal))) return REFUSED;
  const now = await findForceable(request.deploymentId, ports);
  if (now?.key !== request.key || forceState(await forceFacts(now, ports)) !== forceState(facts))
    return refuse(terminal, "Things have changed since this was shown. Nothing was done: look at it again.");
  const requestId = requestIdOf(request.key) ?? "";
  const owner = await guard.force(requestId, requesterOf(place), facts.owner.state);
  // It may have gone on while the person read.
  const ended = (await guard.records.read<OperationRequest>(request.key)) ?? request;
  terminal.say(words.forcedWords({ request: ended, owner, rds: await rdsNow(request, place.rds) }, inTerminal, guard.isHere));
  return endOf(owner, request, guard, place, terminal);
}

/** Follows what will end, which the deployed guard's next sweep sees to; says "unclear" of what may never end by itself. */
function endOf(owner: Owner, request: OperationRequest, guard: Guard, place: Place, terminal: Terminal): Ended | Promise<Ended> {
  if (owner.state === "unknown") return { outcome: "unclear" };
  if (request.outcome) return { outcome: "cancelled" };
  return follow(requestIdOf(request.key) ?? "", guard, place, terminal);
}
