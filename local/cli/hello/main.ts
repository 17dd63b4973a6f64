import { parseArgs } from "node:util";
import { readSlackSettings, SettingsError, VARIABLES } from "../../../src/settings/settings.ts";
import { visible } from "../../visible.ts";
import { usageProblem } from "../usage-problem.ts";

const USAGE = `Usage: bluegreen-guard hello [--channel ID] [--secret NAME|ARN] [--region REGION]

Reads the Slack secret from AWS Secrets Manager with your own credentials, and sends one test message.
Where it does not arrive it says what is wrong and what to do. The token is never printed.

  --channel ID       the Slack channel's id, such as C0123456789 (default: ${VARIABLES.slackChannel})
  --secret NAME|ARN  the secret that holds {"botToken": "xoxb-..."} (default: ${VARIABLES.slackSecret})
  --region REGION    the secret's region (default: AWS's own environment)
  --help             say this

${VARIABLES.slackChannel}, ${VARIABLES.slackSecret} and AWS_... are environment variables: AWS_PROFILE names the credentials.

Exit code: 0 where the message stands in the channel, 1 where it does not, 2 for a mistake in the arguments.
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
  const environment = {
    ...process.env,
    ...(channel !== undefined && { [VARIABLES.slackChannel]: channel }),
    ...(secret !== undefined && { [VARIABLES.slackSecret]: secret }),
  };
  try {
    const settings = readSlackSettings(environment);
    // Imported late: the SDK takes most of a second to load, and a mistake should be reported immediately.
    const { sayHello } = await import("./hello.ts");
    const problem = await sayHello({ ...settings, region }, (line) => process.stdout.write(`${visible(line)}\n`));
    if (problem === undefined) return 0;
    process.stderr.write(`${visible(problem)}\n`);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${visible(error.problems)}\nSet the environment variables, or give --channel and --secret.\n`);
  }
  return 1;
}
