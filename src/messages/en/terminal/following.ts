import type { OperationName } from "../../../operations/index.ts";
import type { OperationResult } from "../../../operations/operation.ts";

/** How an operation ended, in a word before the sentences that say more. */
export const RESULT_WORDS: Readonly<Record<OperationResult, string>> = {
  done: "Done.",
  partly: "PARTLY DONE.",
  failed: "FAILED.",
  refused: "Refused.",
  cancelled: "Stopped.",
  unclear: "UNCLEAR.",
};

/** What a terminal says while it follows an operation. */
export const FOLLOWING = {
  notBegun: (operation: OperationName, command: string): string =>
    `It has not begun for a minute. See the log of the guard's ${operation} function. To take it back: ${command}`,
  /** In a line that is replaced twice a second; `most` is the timeout. */
  switching: (seconds: number, most: number | undefined): string => `Switching over: ${seconds} s of at most ${most} s`,
  waits: "waiting for it to begin",
  lapsed: "Nothing has begun it in time, and it changed nothing. Is the guard deployed with operations, and does it run?",
  nobody: "Nobody works on it: what it runs in is not in this state folder. See how things stand: npx bluegreen-guard status",
  leftHere: "Left. This process did the work, so nothing goes on but what RDS has begun.",
  left: "Left. The deployed guard goes on with it.",
  toGoOn: (command: string): string => `  to go on:      ${command}`,
  toFollow: (command: string): string => `  to follow it:  ${command}`,
  toStop: (command: string): string => `  to stop it:    ${command}`,
};

/** What is said where a switchover's report cannot be made. */
export const REPORT = {
  notRead: (why: string): string => `What the switchover did in full could not be read. ${why}`,
  gone: "RDS does not list the deployment any more: what the switchover did in full cannot be read.",
};
