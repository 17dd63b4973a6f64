import { randomUUID } from "node:crypto";
import type { Person } from "../../../src/deployments/person.ts";
import { utc } from "../../../src/deployments/time-words.ts";
import { say } from "../../../src/messages/form.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { FinalError } from "../../../src/operations/final-error.ts";
import { findUnderWay, isUnderWay, severalMeant } from "../../../src/operations/find-request.ts";
import type { OperationName } from "../../../src/operations/index.ts";
import { whyNotAsAsked } from "../../../src/operations/recreate/asked-fields.ts";
import { type Asked, newRequest, type OperationRequest, requestIdOf } from "../../../src/operations/request.ts";
import { writeRequest } from "../../../src/operations/requests.ts";
import { namedIn } from "../../../src/operations/says/asker.ts";
import type { Reasons } from "../../../src/operations/says/reasons.ts";
import { ASKED_FIELDS, askedOptions } from "../../../src/plans/spec/asked-fields.ts";
import type { AskedFields } from "../../../src/plans/spec/settled.ts";
import { type Ended, follow } from "./follow.ts";
import type { Guard } from "./guard.ts";
import type { Place } from "./place.ts";
import type { Terminal } from "./terminal.ts";

/** What a command needs to ask for an operation. */
export interface AskedCommand {
  /** Name or id of the deployment. */
  typed: string;
  /** Accepts the plan, unknown checks included. */
  yes: boolean;
  /** How many seconds RDS gets, for an operation that takes a timeout. */
  timeoutSeconds?: number;
  /** For a recreation: what is asked for in the new deployment. */
  fields?: AskedFields;
  place: Place;
  guard: Guard;
  terminal: Terminal;
}

/** The end of a command that started nothing. */
export const REFUSED: Ended = { outcome: "refused" };
const WORD = "yes";

/** Follows the operation that is under way for what was typed; undefined if there is none, a refusal if it is a different one. */
export async function followRunning(
  operation: OperationName,
  requests: readonly OperationRequest[],
  command: AskedCommand,
): Promise<Ended | undefined> {
  const { typed, place, guard, terminal } = command;
  const several = severalMeant(
    requests.filter((it) => isUnderWay(it, place.now())),
    typed,
  );
  if (several) return refuse(terminal, [place.words, guard.words, "", say(words.NOT_FOUND, several, inTerminal)].join("\n"));
  const running = findUnderWay(requests, typed, place.now());
  if (!running) return undefined;
  if (!running.approved) return refuse(terminal, [place.words, guard.words, "", waitingWords(running, guard)].join("\n"));
  const requestId = requestIdOf(running.key) ?? "";
  const isSame = running.operation === operation;
  const otherwise = isSame ? whyNotAsAsked(running, command.fields) : undefined;
  terminal.say(
    [
      place.words,
      guard.words,
      "",
      goingOn(running) + (isSame && otherwise === undefined ? " This follows it." : ""),
      ...others(command, requests, requestId),
      "",
    ].join("\n"),
  );
  if (!isSame) return refuse(terminal, `A ${words.OPERATION_WORDS[operation].noun} has to wait for its end. ${stopWords(running, guard)}`);
  if (otherwise !== undefined) return refuse(terminal, `${words.reasonWords(otherwise, inTerminal)} ${stopWords(running, guard)}`);
  // The process that wrote it may have been killed before handing it over.
  await (running.usedBy === undefined ? guard.begin(operation, requestId) : guard.goOn());
  return follow(requestId, guard, place, terminal);
}

const stopWords = ({ deploymentName }: OperationRequest, guard: Guard): string => `To stop it: ${guard.commandToCancel(deploymentName)}`;

const waitingWords = (running: OperationRequest, guard: Guard): string =>
  `A ${words.OPERATION_WORDS[running.operation].noun} of ${words.called(namedIn(running), inTerminal)}, asked for by ${words.whoAsks(running, inTerminal)} in Slack, waits for another operator's approval there. ` +
  stopWords(running, guard);

const goingOn = (running: OperationRequest): string =>
  `A ${words.OPERATION_WORDS[running.operation].noun} of ${words.called(namedIn(running), inTerminal)}, asked for by ${words.whoAsks(running, inTerminal)} at ${utc(running.requestedAt)}, is under way.`;

/** What else is under way in the folder, which runs on with this process. */
export function others({ guard, place }: AskedCommand, requests: readonly OperationRequest[], but?: string): string[] {
  if (!guard.isHere) return [];
  const running = requests.filter((it) => requestIdOf(it.key) !== but && it.usedBy !== undefined && isUnderWay(it, place.now()));
  return running.map(
    ({ operation, deploymentName: name }) =>
      `The ${words.OPERATION_WORDS[operation].noun} of ${name}, under way in the same folder, goes on as long as this runs; then: ${guard.commandToGoOn(operation, name)}`,
  );
}

/** What people see before they accept it, and what their word asks for. */
export interface Shown {
  text: string;
  /** The same for scripts. */
  plan: object;
  asked: Omit<Asked, "requestedBy" | "via" | "approved">;
  /** Why it cannot be done, in words; absent if it can. */
  refusal?: string;
}

/** Shows what `show` has planned for the request's id, asks, starts the operation and follows it. */
export async function ask(
  command: AskedCommand,
  requests: readonly OperationRequest[],
  show: (requestId: string) => Promise<Shown>,
): Promise<Ended> {
  const { place, guard, terminal } = command;
  const beside = await guard.whyNotBegin();
  if (beside !== undefined) return refuse(terminal, `${place.words}\n\n${beside}`);
  const requestId = randomUUID();
  let shown: Shown;
  try {
    shown = await show(requestId);
  } catch (error) {
    if (!(error instanceof FinalError)) throw error;
    const { reason } = error;
    if (reason.code === "fields-missing") return refuseIncomplete(command, reason);
    return refuse(
      terminal,
      `${place.words}\n${guard.words}\n\nIt cannot be planned: ${words.reasonWords(reason, inTerminal)} Nothing was changed.`,
    );
  }
  const { text, plan, asked, refusal } = shown;
  terminal.say([text, ...others(command, requests), ""].join("\n"));
  terminal.tell({ plan });
  if (refusal !== undefined) return refuse(terminal, `${refusal} Nothing was changed.`);
  if (!(await accepted(command))) return REFUSED;
  const by = { requestedBy: requesterOf(place), via: "terminal" as const, approved: true };
  await writeRequest(guard.records, newRequest(requestId, { ...asked, ...by }, place.now()));
  await guard.begin(asked.operation, requestId);
  return follow(requestId, guard, place, terminal);
}

/** Lists what is missing for a plan, why, and the command that gives it. */
function refuseIncomplete({ typed, place, guard, terminal }: AskedCommand, { missing, asked }: Reasons["fields-missing"]): Ended {
  const command = `${guard.commandToGoOn("recreate", typed)} ${askedOptions(asked, missing)}`;
  const told = missing.map(({ field, why }) => {
    return { field, reason: words.whyMissing(why, inTerminal), option: `--${ASKED_FIELDS[field].option}` };
  });
  terminal.tell({ missing: told, command });
  const lines = [
    ...words.missingFields(missing, inTerminal).map((it) => `  ${it}`),
    "Give what is missing:",
    `  ${command}`,
    "Nothing was changed.",
  ];
  return refuse(terminal, [place.words, guard.words, "", "It cannot be planned:", ...lines].join("\n"));
}

/** Asks whether the person accepts the plan that they see. */
export const accepted = ({ yes, terminal }: AskedCommand): Promise<boolean> => accepts(yes, terminal);

/** The same for a plan of any kind. */
export async function accepts(yes: boolean, terminal: Terminal): Promise<boolean> {
  if (yes) return true;
  if (!terminal.canAsk) {
    terminal.refuse("Nobody is at the terminal to accept it: --yes does, unknown checks included. Nothing was changed.");
    return false;
  }
  const isAccepted = await terminal.confirms(`Type ${WORD} to have it done; anything else changes nothing: `, WORD);
  if (!isAccepted) terminal.say("Nothing was changed.");
  return isAccepted;
}

/** Says why nothing is done. */
export function refuse(terminal: Terminal, text: string): Ended {
  terminal.refuse(text);
  return REFUSED;
}

/** The person who types, as far as AWS knows them. */
export const requesterOf = ({ identity }: Place): Person => ({
  name: identity?.caller ?? process.env["USER"] ?? "somebody at a terminal",
});
