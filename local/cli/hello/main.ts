import { parseArgs } from "node:util";
import { readSettingsFile, SETTINGS_FILE, SettingsFileError } from "../../../src/settings/file.ts";
import type { Given } from "../../../src/settings/given.ts";
import { readSlackSettings, SettingsError, VARIABLES } from "../../../src/settings/settings.ts";
import { visible } from "../../visible.ts";
import { usageProblem } from "../usage-problem.ts";

const USAGE = `Usage: bluegreen-guard hello [--channel ID] [--secret NAME|ARN] [--region REGION]

Reads the Slack secret from AWS Secrets Manager with your own credentials, as the guard's functions will read it, and sends one test
message. Where it does not arrive it says what is wrong and what to do. The secret's content is never printed.

  --channel ID       the Slack channel's id, such as C0123456789
  --secret NAME|ARN  the secret that holds {"botToken": "xoxb-...", "signingSecret": "..."}
  --region REGION    the secret's region (default: AWS's own environment)
  --help             say this

What is not given is read from the environment variables ${VARIABLES.slackChannel} and ${VARIABLES.slackSecret}, then from ${SETTINGS_FILE}, or the
context of cdk.json, in this folder. AWS_PROFILE names the credentials.

Exit code: 0 where the message stands in the channel, 1 where it does not, 2 for a mistake in the arguments or the settings file.
`;

const OPTIONS = {
  channel: { type: "string" },
  secret: { type: "string" },
  region: { type: "string" },
  help: { type: "boolean" },
} as const;

/** Runs `hello` with its arguments; returns the exit code: 1 if the message did not arrive, 2 for a mistake in the arguments. */
export async function helloMain(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    if (!values.help) return await run(values);
    process.stdout.write(USAGE);
    return 0;
  } catch (error) {
    return usageProblem(error, USAGE);
  }
}

async function run({ channel, secret, region }: { channel?: string; secret?: string; region?: string }): Promise<number> {
  try {
    const file = readSettingsFile(process.cwd());
    const given = file?.given ?? {};
    const environment = {
      ...inFile(given),
      ...Object.fromEntries(Object.entries(process.env).filter(([, value]) => value)),
      ...(channel !== undefined && { [VARIABLES.slackChannel]: channel }),
      ...(secret !== undefined && { [VARIABLES.slackSecret]: secret }),
    };
    if (given.slackSecret === "create" && environment[VARIABLES.slackSecret] === undefined) return toBeCreated(file?.path ?? "");
    const settings = readSlackSettings(environment);
    // Imported late: the SDK takes most of a second to load, and a mistake should be reported immediately.
    const { sayHello } = await import("./hello.ts");
    const problem = await sayHello({ ...settings, region, commands: given.commands ?? true }, print);
    if (problem === undefined) return 0;
    process.stderr.write(`${visible(problem)}\n`);
    return 1;
  } catch (error) {
    return settingsProblem(error);
  }
}

const print = (line: string) => process.stdout.write(`${visible(line)}\n`);

/** What the settings file says of Slack, as the functions' variables. */
export function inFile({ slackChannel, slackSecret, slackApiUrl }: Given): Record<string, string> {
  const values = { slackChannel, slackApiUrl, slackSecret: slackSecret === "create" ? undefined : slackSecret };
  const stated = Object.entries(values).filter((entry): entry is [keyof typeof values, string] => entry[1] !== undefined);
  return Object.fromEntries(stated.map(([name, value]) => [VARIABLES[name], value]));
}

function toBeCreated(path: string): number {
  process.stderr.write(
    `By ${visible(path)} the stack creates the secret. Deploy it, put the value into the secret that its output BlueGreenGuardSlackSecret names, and run hello with --secret and that ARN.\n`,
  );
  return 1;
}

function settingsProblem(error: unknown): number {
  if (error instanceof SettingsFileError) {
    process.stderr.write(`${visible(error.message)}\n`);
    return 2;
  }
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${visible(error.problems)}\n${HOW}\n`);
  return 1;
}

const HOW = "Give --channel and --secret, set the environment variables, or have npx bluegreen-guard init write the settings.";
