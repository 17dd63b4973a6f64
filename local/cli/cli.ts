import { readFileSync } from "node:fs";
import { visible } from "../visible.ts";
import { EXIT } from "./exit.ts";
import { mistakeWords, UsageError } from "./mistake.ts";
import { nearest } from "./nearest.ts";

/** One command of `bluegreen-guard`. */
export interface Command {
  /** What the list of commands says about it. */
  line: string;
  /** True if it only shows something, so that a reader may leave before the end. */
  shows?: true;
  /** Runs it with its arguments; returns the exit code. @throws Mistake for one that the person who typed can correct */
  run(args: string[]): Promise<number>;
}

/**
 * Runs the command that `args` begins with; returns its exit code, or 2 if there is no such command.
 *
 * @param packageJson the package.json whose version `--version` prints.
 */
export async function runCli(commands: Readonly<Record<string, Command>>, args: string[], packageJson: URL): Promise<number> {
  const [name, ...rest] = args;
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(unreadCode(error, command)));
  // What people cannot be told there, such as the lines beside --json, ends nothing: the work goes on, and the exit code says how it ended.
  process.stderr.on("error", () => undefined);
  if (command) return command.run(rest).catch((error: unknown) => failed(error, `npx bluegreen-guard ${name} --help`));
  if (name === "--help" || name === "help") {
    process.stdout.write(usage(commands));
    return EXIT.done;
  }
  if (name === "--version") {
    process.stdout.write(`${JSON.parse(readFileSync(packageJson, "utf8")).version}\n`);
    return EXIT.done;
  }
  if (name !== undefined) return failed(new UsageError(unknownWords(name, Object.keys(commands))), "npx bluegreen-guard --help");
  process.stderr.write(usage(commands));
  return EXIT.refused;
}

function unknownWords(name: string, known: readonly string[]): string {
  const meant = nearest(name.toLowerCase(), known);
  return `There is no command "${name}".${meant === undefined ? "" : ` Did you mean ${meant}?`}`;
}

/** A reader that has seen enough, such as head, closes the pipe; what changes something is not done by then, whoever reads on. */
function unreadCode({ code }: NodeJS.ErrnoException, command: Command | undefined): number {
  return code === "EPIPE" && (command === undefined || command.shows) ? EXIT.done : EXIT.failed;
}

/** Says what the person can correct; what nobody expected with its place in the code, and visibly: its text may be from outside. */
function failed(error: unknown, help: string): number {
  const mistake = mistakeWords(error, help);
  process.stderr.write(mistake ?? `${visible(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
  return mistake === undefined ? EXIT.failed : EXIT.refused;
}

function usage(commands: Readonly<Record<string, Command>>): string {
  const lines = Object.entries(commands).map(([name, { line }]) => `  ${name.padEnd(10)} ${line}`);
  return `Usage: bluegreen-guard COMMAND [options]

${lines.join("\n")}

  --help     say this
  --version  say which version this is

bluegreen-guard COMMAND --help says more.
`;
}
