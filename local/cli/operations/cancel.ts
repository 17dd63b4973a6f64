import { join } from "node:path";
import { say } from "../../../src/messages/form.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { quietOn, readBlue } from "../../../src/operations/claim.ts";
import { concerns, findUnderWay, namesUnderWay, onlyBeginning, severalMeant, stoppable } from "../../../src/operations/find-request.ts";
import { leavesOf } from "../../../src/operations/read/under-way.ts";
import { isUndecided, type OperationRequest, requestIdOf } from "../../../src/operations/request.ts";
import { cancelRequest, openRequests } from "../../../src/operations/requests.ts";
import type { FolderInUseError } from "../../engine/folder-lock.ts";
import { openRecordsFolder } from "../../records-folder.ts";
import { refuse, requesterOf } from "./asked.ts";
import { type Ended, follow } from "./follow.ts";
import { endByForce, type ForceWish } from "./force.ts";
import type { Guard } from "./guard.ts";
import type { Place } from "./place.ts";
import { wishToStop } from "./stop-file.ts";
import type { Terminal } from "./terminal.ts";

const TAKEN_WITHIN_MS = 10_000;

/** Stops the operation on a deployment before its next change, or ends it by force, and follows it until it has ended. */
export async function cancelOperation(typed: string, guard: Guard, place: Place, terminal: Terminal, force?: ForceWish): Promise<Ended> {
  terminal.say([place.words, guard.words, ""].join("\n"));
  const several = severalMeant(stoppable(await openRequests(guard.records), place.now()), typed);
  if (several) return refuse(terminal, say(words.NOT_FOUND, several, inTerminal));
  const forced = force && (await endByForce(typed, force, guard, place, terminal));
  if (forced) return forced;
  const requests = await openRequests(guard.records);
  const running = findUnderWay(requests, typed, place.now());
  if (!running) return (await decide(typed, guard, place, terminal)) ?? nothingToStop(typed, requests, place, terminal);
  const requestId = requestIdOf(running.key) ?? "";
  const stopped = await cancelRequest(guard.records, requestId, requesterOf(place), place.now());
  if (stopped.usedBy === undefined) {
    terminal.say(`It had not begun, and will not. ${words.LEAVES[leavesOf(stopped)]}`);
    return { outcome: "cancelled" };
  }
  await guard.goOn();
  terminal.say(`It ${words.stopsWords(leavesOf(stopped), await guard.wake(stopped))}`);
  return follow(requestId, guard, place, terminal);
}

/** Releases the database of an unclear switchover, once a person has seen how that ended. */
async function decide(
  typed: string,
  { records, isHere, decide: decides }: Guard,
  place: Place,
  terminal: Terminal,
): Promise<Ended | undefined> {
  const unclear = (await openRequests(records)).find((it) => isUndecided(it) && concerns(it, typed));
  if (!unclear) return undefined;
  await decides(requestIdOf(unclear.key) ?? "", requesterOf(place));
  const quiet = quietOn(await readBlue(unclear.blue, records), place.now());
  const begins = quiet
    ? words.reasonWords(quiet, inTerminal)
    : `other operations on its database may begin${isHere ? "" : " within five minutes"}.`;
  terminal.say(
    `The switchover of ${unclear.deploymentName}, of which it is not clear how it ended, is put aside: ${begins} Nothing was changed in RDS.`,
  );
  return { outcome: "cancelled" };
}

/** Asks the process that works in the state folder to stop it, and waits until that process has taken note. */
export async function cancelElsewhere(
  typed: string,
  state: string,
  { holder }: FolderInUseError,
  place: Place,
  terminal: Terminal,
): Promise<Ended> {
  const who = holder ? `Process ${holder.pid}` : "Another process";
  terminal.say(`${place.words}\n${who} works in ${state}.\n`);
  const records = await openRecordsFolder(join(state, "records"));
  const requests = await openRequests(records);
  const several = severalMeant(stoppable(requests, place.now()), typed);
  if (several) return refuse(terminal, say(words.NOT_FOUND, several, inTerminal));
  const running = findUnderWay(requests, typed, place.now());
  if (!running) return nothingToStop(typed, requests, place, terminal);
  const wish = { requestId: requestIdOf(running.key) ?? "", by: requesterOf(place).name };
  if (await wishToStop(state, wish, TAKEN_WITHIN_MS)) {
    terminal.say(`It was told, and ${words.stopsWords(leavesOf(running), false)} Its own terminal says how it has ended.`);
    return { outcome: "cancelled" };
  }
  terminal.say(
    `It took no note within ${TAKEN_WITHIN_MS / 1_000} s, so it was NOT stopped. It may still ask its own user, or hang: ` +
      `end ${holder ? `process ${holder.pid}` : "that process"}, and run this again.`,
  );
  return { outcome: "failed" };
}

function nothingToStop(typed: string, requests: readonly OperationRequest[], place: Place, terminal: Terminal): Ended {
  const stoppables = stoppable(requests, place.now());
  const begins = onlyBeginning(stoppables, typed);
  const nothing = { typed, underWay: namesUnderWay(stoppables) };
  return refuse(terminal, begins ? say(words.NOT_FOUND, begins, inTerminal) : words.nothingToStop(nothing, inTerminal));
}
