import { readSettingsFile, SETTINGS_FILE } from "../../../src/settings/file.ts";
import { type Given, SETTINGS } from "../../../src/settings/given.ts";
import { refusalOf } from "../../../src/settings/kinds.ts";
import { readSlackSettings, SettingsError, type SlackSettings, VARIABLES } from "../../../src/settings/settings.ts";
import { visible } from "../../visible.ts";
import { optionsIn } from "../arguments.ts";
import { EXIT } from "../exit.ts";
import { Mistake, UsageError } from "../mistake.ts";

const USAGE = `Usage: bluegreen-guard hello [--channel ID] [--secret NAME|ARN] [--region REGION]

Reads the Slack secret from AWS Secrets Manager with your own credentials, as the guard's functions will read it, and sends one test
message. Where it does not arrive it says what is wrong and what to do. The secret's content is never printed.

  --channel ID       the Slack channel's id, such as C0123456789
  --secret NAME|ARN  the secret that holds {"botToken": "xoxb-...", "signingSecret": "..."}
  --region REGION    the secret's region (default: AWS's own environment)
  --help             say this

What is not given is read from the environment variables ${VARIABLES.slackChannel} and ${VARIABLES.slackSecret}, then from ${SETTINGS_FILE}, or the
context of cdk.json, in this folder; so is ${VARIABLES.slackApiUrl}, the address of Slack's API if it is not slack.com's. AWS_PROFILE names the
credentials.

Exit code: 0 where the message stands in the channel, 1 where it does not, 2 for a mistake in the arguments, the environment or the
settings file.
`;

const OPTIONS = {
  channel: { type: "string" },
  secret: { type: "string" },
  region: { type: "string" },
  help: { type: "boolean" },
} as const;

/** Runs `hello` with its arguments; returns the exit code: 1 if the message did not arrive. @throws Mistake, SettingsFileError */
export async function helloMain(args: string[]): Promise<number> {
  const { help, region, ...flags } = optionsIn(args, OPTIONS);
  if (help) {
    process.stdout.write(USAGE);
    return EXIT.done;
  }
  const file = readSettingsFile(process.cwd());
  const given = file?.given ?? {};
  const environment = {
    ...inFile(given),
    ...Object.fromEntries(Object.entries(process.env).filter(([, value]) => value)),
    ...asVariables(flags),
  };
  if (given.slackSecret === "create" && environment[VARIABLES.slackSecret] === undefined) return failed(toBeCreated(file?.path ?? ""));
  const settings = slackSettingsIn(environment);
  // Imported late: the SDK takes most of a second to load, and a mistake should be reported immediately.
  const { sayHello } = await import("./hello.ts");
  const problem = await sayHello({ ...settings, region, commands: given.commands ?? true }, print);
  return problem === undefined ? EXIT.done : failed(problem);
}

function failed(why: string): number {
  process.stderr.write(`${visible(why)}\n`);
  return EXIT.failed;
}

const FLAGS = { channel: "slackChannel", secret: "slackSecret" } as const;

/** What the flags give, as the functions' variables. @throws UsageError that names the flag whose value is none */
function asVariables(flags: Partial<Record<keyof typeof FLAGS, string>>): Record<string, string> {
  const given = Object.entries(flags) as [keyof typeof FLAGS, string][];
  return Object.fromEntries(
    given.map(([flag, value]) => {
      const refusal = refusalOf(SETTINGS[FLAGS[flag]].kind, value);
      if (refusal) throw new UsageError(`--${flag} takes ${refusal.takes}; received "${value}".`);
      return [VARIABLES[FLAGS[flag]], value];
    }),
  );
}

function slackSettingsIn(environment: Record<string, string | undefined>): SlackSettings {
  try {
    return readSlackSettings(environment);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new Mistake(`${error.problems}\n${HOW}`);
  }
}

const print = (line: string) => process.stdout.write(`${visible(line)}\n`);

/** What the settings file says of Slack, as the functions' variables. */
export function inFile({ slackChannel, slackSecret, slackApiUrl }: Given): Record<string, string> {
  const values = { slackChannel, slackApiUrl, slackSecret: slackSecret === "create" ? undefined : slackSecret };
  const stated = Object.entries(values).filter((entry): entry is [keyof typeof values, string] => entry[1] !== undefined);
  return Object.fromEntries(stated.map(([name, value]) => [VARIABLES[name], value]));
}

const toBeCreated = (path: string): string =>
  `By ${path} the stack creates the secret. Deploy it, put the value into the secret that its output BlueGreenGuardSlackSecret names, and run hello with --secret and that ARN.`;

const HOW = "Give --channel and --secret, set the environment variables, or have npx bluegreen-guard init write the settings.";
