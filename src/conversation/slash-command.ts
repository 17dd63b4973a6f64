import type { Problem } from "../messages/answers.ts";
import { isOperationName, type OperationName, operationOf } from "../operations/index.ts";

/** What somebody typed after `/bluegreen`. */
export type SlashCommand =
  | { command: "status"; name?: string }
  | { command: "cancel"; name: string; force?: boolean }
  | { command: OperationName; name: string; timeoutSeconds?: number }
  | { command: "help"; problem?: Problem };

/** No name or id in RDS is longer: names have 60 characters at most, ids 255. */
const LONGEST_WORD = 255;

// No name in RDS has a character that Slack's editor adds to what is pasted.
const HIDDEN = /\p{Cf}/gu;
const MARKED = /^(?:([*_~`'"])(.+)\1|[“”„‘’«»](.+)[“”„‘’«»])$/u;

/** The word without the marks around it. */
function unmarked(word: string): string {
  const [, , inside, quoted] = MARKED.exec(word) ?? [];
  const bare = inside ?? quoted;
  return bare === undefined ? word : unmarked(bare);
}

/** Reads the text of a command; returns a call for help that says what is wrong if it cannot. Never throws. */
export function readSlashCommand(text: string): SlashCommand {
  const words = text.replace(HIDDEN, "").trim().split(/\s+/).map(unmarked);
  const [first = "", ...rest] = words;
  const command = first.toLowerCase();
  const long = [first, ...rest].find((word) => word.length > LONGEST_WORD);
  if (long !== undefined) return help({ code: "name-too-long", length: long.length });
  if (isOperationName(command)) return readOperation(command, rest);
  switch (command) {
    case "":
      return { command: "status" };
    case "status":
      return rest.length > 1 ? tooMuch(command, rest) : { command, name: rest[0] };
    case "cancel":
      return readCancel(rest);
    case "help":
      return { command };
    default:
      return help({ code: "no-such-command", typed: first });
  }
}

/** Slack's editors turn two hyphens into a dash. */
const FORCE = /^(--|–|—)force$/i;

function readCancel(words: string[]): SlashCommand {
  const read = readName(
    "cancel",
    words.filter((word) => !FORCE.test(word)),
  );
  return read.command === "cancel" && words.some((word) => FORCE.test(word)) ? { ...read, force: true } : read;
}

function readName(command: OperationName | "cancel", [name, ...more]: string[]): SlashCommand {
  if (name === undefined) return help({ code: "which-deployment", command, takesSeconds: false });
  return more.length > 0 ? tooMuch(command, [name, ...more]) : { command, name };
}

function readOperation(command: OperationName, words: string[]): SlashCommand {
  const { timeout } = operationOf(command);
  if (!timeout) return readName(command, words);
  const [name, given, ...more] = words;
  if (name === undefined) return help({ code: "which-deployment", command, takesSeconds: true });
  if (more.length > 0) return tooMuch(command, [name, given ?? "", ...more]);
  if (given === undefined) return { command, name, timeoutSeconds: timeout.leftOut };
  const timeoutSeconds = /^\d{1,6}$/.test(given) ? Number(given) : Number.NaN;
  const { least, most } = timeout;
  if (!(timeoutSeconds >= least && timeoutSeconds <= most))
    return help({ code: "seconds-out-of-range", command, least, most, typed: given });
  return { command, name, timeoutSeconds };
}

const tooMuch = (command: string, words: string[]): SlashCommand => help({ code: "takes-one-name", command, typed: words.join(" ") });

const help = (problem: Problem): SlashCommand => ({ command: "help", problem });
