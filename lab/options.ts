import { optionsIn } from "../local/cli/arguments.ts";
import { UsageError } from "../local/cli/mistake.ts";
import { stories } from "./stories/index.ts";

/** The options of `npm start`. */
export interface StartOptions {
  /** The story to play; none with --no-story. */
  story?: string;
  /** How many times as fast as the real clock the lab's clock runs. */
  speed: number;
  /** 0 takes a free port. */
  port: number;
  /** End with the story. */
  exit: boolean;
  /** How many other operators must approve what an operator asks for in Slack; the story decides if left out. */
  approvals?: 0 | 1;
  /** Whether the guard is deployed from the start. */
  guard: boolean;
}

const DEFAULT_STORY = "upgrade";

/** The text of `npm start -- --help`. */
export const USAGE = `Usage: npm start -- [options]

Plays a story against the guard on this machine: a make-believe AWS and Slack,
with the guard's own handlers between them. It then stays up until Ctrl-C.

  --story NAME   the story to play (default ${DEFAULT_STORY})
  --list         name the stories, with a line each of what they show
  --no-story     play none: start the lab with the story's database
  --speed N      run the lab's clock N times as fast as the real one, 1 to 100000 (default 600);
                 a story may begin slower than that
  --port N       listen on 127.0.0.1:N, 0 to 65535 (default 4040; 0 takes a free port)
  --approvals N  0 or 1: how many other operators have to approve what one asks for in Slack
  --no-guard     begin without the deployed guard: an account for \`npx bluegreen-guard watch\`; a story
                 in which the guard or its buttons have a part waits for it, or ends there
  --exit         end with the story; with --no-guard also where that waits for the guard: 1
  --help         say this
`;

const LONGEST_NAME = Math.max(...stories.map(({ name }) => name.length));

/** The text of `npm start -- --list`: a line for each story. */
export const LIST = stories.map(({ name, line }) => `${name.padEnd(LONGEST_NAME)}  ${line}\n`).join("");

/**
 * Reads the options of `npm start`; returns the text to print if they ask for help or the list.
 *
 * @throws UsageError for an unknown option, a bad number, an unknown story.
 */
export function readOptions(args: string[]): StartOptions | string {
  const values = optionsIn(args, OPTIONS);
  if (values.help) return USAGE;
  if (values.list) return LIST;
  if (values["no-story"] && (values.story !== undefined || values.exit)) {
    throw new UsageError("--no-story cannot stand beside --story or --exit: there is no story to play or to end with.");
  }
  const name = values.story ?? DEFAULT_STORY;
  if (!stories.some((story) => story.name === name)) {
    throw new UsageError(
      `--story: there is no story "${name}". Choose one of: ${stories.map((story) => story.name).join(", ")}. --list says what they show.`,
    );
  }
  return {
    story: values["no-story"] ? undefined : name,
    speed: number("--speed", values.speed ?? "600", 1, 100_000),
    port: number("--port", values.port ?? "4040", 0, 65_535, true),
    exit: values.exit ?? false,
    guard: values["no-guard"] !== true,
    approvals: values.approvals === undefined ? undefined : number("--approvals", values.approvals, 0, 1, true) === 1 ? 1 : 0,
  };
}

const OPTIONS = {
  story: { type: "string" },
  "no-story": { type: "boolean" },
  list: { type: "boolean" },
  speed: { type: "string" },
  port: { type: "string" },
  approvals: { type: "string" },
  "no-guard": { type: "boolean" },
  exit: { type: "boolean" },
  help: { type: "boolean" },
} as const;

function number(option: string, text: string, from: number, to: number, whole = false): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!(value >= from && value <= to) || (whole && !Number.isInteger(value))) {
    throw new UsageError(`${option} takes a ${whole ? "whole " : ""}number from ${from} to ${to}; received "${text}".`);
  }
  return value;
}
