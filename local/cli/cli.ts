import { readFileSync } from "node:fs";
import { visible } from "../visible.ts";

/** One command of `bluegreen-guard`. */
export interface Command {
  /** What the list of commands says about it. */
  line: string;
  /** True if it only shows something, so that a reader may leave before the end. */
  shows?: true;
  /** Runs it with its arguments; returns the exit code. */
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
  if (command) return command.run(rest).catch(failed);
  if (name === "--help" || name === "help") {
    process.stdout.write(usage(commands));
    return 0;
  }
  if (name === "--version") {
    process.stdout.write(`${JSON.parse(readFileSync(packageJson, "utf8")).version}\n`);
    return 0;
  }
  process.stderr.write(name === undefined ? usage(commands) : `There is no command "${visible(name)}".\n\n${usage(commands)}`);
  return 2;
}

/** A reader that has seen enough, such as head, closes the pipe; what changes something is not done by then, whoever reads on. */
function unreadCode({ code }: NodeJS.ErrnoException, command: Command | undefined): number {
  return code === "EPIPE" && (command === undefined || command.shows) ? 0 : 1;
}

/** Says what nobody expected, with the place in the code: its text may be from outside. */
function failed(error: unknown): number {
  process.stderr.write(`${visible(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
  return 1;
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
