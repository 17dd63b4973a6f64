import { TIMEOUT_SECONDS } from "../operations/request.ts";

/** What somebody typed after `/bluegreen`. */
export type SlashCommand =
  | { command: "status"; name?: string }
  | { command: "recreate" | "cancel"; name: string }
  | { command: "switchover"; name: string; timeoutSeconds: number }
  | { command: "help"; problem?: string };

/** Longer than any name or id that RDS has: 60 characters and 255 at most. */
const LONGEST_WORD = 255;

/** Reads the text of a command; what cannot be read is a call for help that says what is wrong. It never throws. */
export function readSlashCommand(text: string): SlashCommand {
  const [first = "", ...rest] = text.trim().split(/\s+/);
  const command = first.toLowerCase();
  const long = [first, ...rest].find((word) => word.length > LONGEST_WORD);
  if (long !== undefined) return help(`No deployment has a name of ${long.length} characters.`);
  switch (command) {
    case "":
      return { command: "status" };
    case "status":
      return rest.length > 1 ? tooMuch(command, rest) : { command, name: rest[0] };
    case "recreate":
    case "cancel":
      if (rest[0] === undefined) return help(`Which deployment? Type: /bluegreen ${command} NAME`);
      return rest.length > 1 ? tooMuch(command, rest) : { command, name: rest[0] };
    case "switchover":
      return readSwitchover(rest);
    case "help":
      return { command };
    default:
      return help(`There is no command "${first}".`);
  }
}

function readSwitchover([name, given, ...more]: string[]): SlashCommand {
  const { least, most, leftOut } = TIMEOUT_SECONDS;
  if (name === undefined) return help("Which deployment? Type: /bluegreen switchover NAME [SECONDS]");
  if (more.length > 0) return tooMuch("switchover", [name, given ?? "", ...more]);
  if (given === undefined) return { command: "switchover", name, timeoutSeconds: leftOut };
  const timeoutSeconds = /^\d{1,6}$/.test(given) ? Number(given) : Number.NaN;
  if (!(timeoutSeconds >= least && timeoutSeconds <= most)) {
    return help(`The timeout takes whole seconds, ${least} to ${most}; received "${given}". Type: /bluegreen switchover NAME 600`);
  }
  return { command: "switchover", name, timeoutSeconds };
}

const tooMuch = (command: string, words: string[]): SlashCommand =>
  help(`"${command}" takes one name, without spaces; received "${words.join(" ")}".`);

const help = (problem: string): SlashCommand => ({ command: "help", problem });
