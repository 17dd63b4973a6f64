import type { OperationName } from "../../../operations/index.ts";
import type { Form } from "../../form.ts";
import { OPERATION_WORDS } from "../operations/names.ts";

/** What a command says before it does something, and while something else is under way. */
export const ASKING = {
  followsIt: "This follows it.",
  hasToWait: (operation: OperationName): string => `The ${OPERATION_WORDS[operation].noun} has to wait until it has ended.`,
  toStop: (command: string): string => `To stop it: ${command}`,
  /** Of what is under way in the same folder besides. */
  alsoUnderWay: (operation: OperationName, name: string, command: string, as: Form): string =>
    `The ${OPERATION_WORDS[operation].noun} of ${as.code(name, 90)}, under way in the same folder, goes on only while this runs. To go on later: ${command}`,
  giveMissing: "Give what is missing:",
  nobodyToAsk: "Nobody is at the terminal to accept it: --yes accepts it, unknown checks included. Nothing was changed.",
  confirm: (word: string): string => `Type ${word} to have it done; anything else changes nothing: `,
  nothingChanged: "Nothing was changed.",
  refused: (why: string): string => `${why} Nothing was changed.`,
};

/** What stands before a check in a terminal's plan. */
export const CHECK_MARKS = { pass: "ok", warn: "warn", fail: "FAIL", unknown: "unknown" } as const;

/** The permissions of a deployed guard, which a person at a terminal may not ask about: what is found, and what to do. */
export const PERMISSIONS_ELSEWHERE = [
  "What the deployed guard's role may do cannot be asked from here.",
  "The guard asks for itself before it deletes anything, and refuses where an action is denied.",
] as const;

/** Who creates where nobody says who signed in, for the middle of a sentence. */
export const WHOEVER_SIGNED_IN = "whoever signed in";
