#!/usr/bin/env node
import { replayMain } from "../lab/replay/main.ts";

const COMMANDS: Record<string, { line: string; run(args: string[]): Promise<number> }> = {
  replay: { line: "gives saved RDS events to the guard and prints what Slack was told", run: replayMain },
};

const USAGE = `Usage: bluegreen-guard COMMAND [options]

${Object.entries(COMMANDS)
  .map(([name, { line }]) => `  ${name.padEnd(10)} ${line}`)
  .join("\n")}

bluegreen-guard COMMAND --help says more.
`;

const [name, ...args] = process.argv.slice(2);
const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;

// A reader that has seen enough, such as head, closes the pipe.
process.stdout.on("error", () => process.exit(0));

if (command) process.exitCode = await command.run(args);
else if (name === "--help" || name === "help") process.stdout.write(USAGE);
else {
  process.stderr.write(name === undefined ? USAGE : `There is no command "${name}".\n\n${USAGE}`);
  process.exitCode = 2;
}
