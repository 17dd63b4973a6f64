import * as words from "../../../src/messages/language.ts";
import { optionsIn } from "../arguments.ts";
import { UsageError } from "../mistake.ts";
import { STATE, stateFolder } from "../operations/usage.ts";

const EVERY = { least: 5, most: 3_600, leftOut: 60 };

const USAGE = `Usage: bluegreen-guard watch [--once] [--every S] [--alone] [--state DIR]

Watches every blue/green deployment of an account and region from this computer, without a
deployed guard: looks every minute, and tells a Slack channel what the deployed guard would
tell, with a card and a thread for each deployment. Without Slack settings it tells this
terminal. It watches only while it runs; its cards name this computer.

It only looks and tells. Whatever settings and tags say, it asks for no recreation and no
switchover, and its cards have no buttons: they name the commands of the terminal.

  --once       looks once, tells, and ends
  --every S    how many seconds lie between two looks: ${EVERY.least} to ${EVERY.most} (default: ${EVERY.leftOut})
  --alone      begins although it cannot be seen whether the guard is deployed in this account
               and region, which would tell everything as well; never where it is
  --state DIR  the folder for what was told; apart for each account, region, endpoint and
               channel (default: ${STATE})
  --help       say this

AWS's own environment says where: AWS_PROFILE, AWS_REGION (or AWS_DEFAULT_REGION),
AWS_ENDPOINT_URL.
SLACK_CHANNEL names the channel by its id. The token of the bot is in SLACK_BOT_TOKEN, or in
the AWS secret that SLACK_SECRET names; SLACK_API_URL is the address of Slack's API if it is
not slack.com's. Before that it reads bluegreen-guard.json in this
folder, if there is one: channel, secret, watch and stuckAfterHours.
docs/permissions.md lists what it needs in AWS.

Exit code: 0 after Ctrl-C, or where the only look saw and told everything; 1 where that look
did not, or where AWS did not answer or refused; 2 where it does not begin, or for a mistake in
the arguments, the environment or the settings file; 130 where Ctrl-C ended the only look.
`;

const OPTIONS = {
  once: { type: "boolean" },
  every: { type: "string" },
  alone: { type: "boolean" },
  state: { type: "string", default: STATE },
  help: { type: "boolean" },
} as const;

/** Runs `watch` with its arguments; returns the exit code. @throws Mistake, SettingsFileError */
export async function watchMain(args: string[]): Promise<number> {
  const { help, once = false, alone = false, state, ...given } = optionsIn(args, OPTIONS);
  if (help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const every = secondsOf(given.every);
  if (every === undefined || (once && given.every !== undefined)) {
    const { seconds, besideOnce } = words.MISTAKES;
    throw new UsageError(every === undefined ? seconds("every", EVERY.least, EVERY.most, given.every) : besideOnce("every", given.every));
  }
  // Imported late: the SDK takes most of a second to load, and a mistake should be reported immediately.
  const { runWatch } = await import("./run.ts");
  return runWatch({ once, alone, every, state: stateFolder(state) });
}

/** Undefined if the text is not a whole number in the range. */
function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return EVERY.leftOut;
  const seconds = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return seconds >= EVERY.least && seconds <= EVERY.most ? seconds : undefined;
}
