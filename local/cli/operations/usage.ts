import * as words from "../../../src/messages/language.ts";
import type { OperationName } from "../../../src/operations/index.ts";
import { switchover } from "../../../src/operations/switchover/operation.ts";
import { ASKED_FIELD_NAMES, ASKED_FIELDS } from "../../../src/plans/spec/asked-fields.ts";
import { UsageError } from "../mistake.ts";

/** The default folder for what is under way. */
export const STATE = ".bluegreen-guard";

/** The option that a command needs to find that folder again. */
export const stateOption = (state: string): string => (state === STATE ? "" : ` --state ${state}`);

/** The folder that `--state` names. @throws UsageError if it names none */
export function stateFolder(given: string): string {
  if (given.trim() === "") throw new UsageError(`--state takes a folder; received "${given}".`);
  return given;
}

const COMMON = `  --state DIR  the folder for what is under way, where no deployed guard is named; apart
               for each account, region and endpoint (default: ${STATE})
  --json       prints a line of JSON for each step; people read standard error
  --help       say this

AWS's own environment says where: AWS_PROFILE, AWS_REGION (or AWS_DEFAULT_REGION),
AWS_ENDPOINT_URL.
BLUEGREEN_GUARD_TABLE names the table of a deployed guard, which then does the work;
its event bus is BLUEGREEN_GUARD_BUS (default: bluegreen-guard). Without it this process
does the work, and tells Slack as well where SLACK_CHANNEL and SLACK_BOT_TOKEN, the bot's
token itself, or SLACK_SECRET, its secret in AWS Secrets Manager, are set; SLACK_API_URL is
the address of Slack's API if it is not slack.com's.
`;

const ALONE = `  --alone      begins although it cannot be seen whether the guard is deployed in this account
               and region, where this process would work beside it; never where it is
`;

const FIELDS = ASKED_FIELD_NAMES.map((name) => ({ ...ASKED_FIELDS[name], field: words.FIELD_WORDS[name] }))
  .map(({ option, placeholder, field }) => `  --${option} ${placeholder}\n               the new green's ${field}\n`)
  .join("");

/** The usage text of each command. */
export const USAGE: Readonly<Record<OperationName | "status" | "cancel", string>> = {
  status: `Usage: bluegreen-guard status [NAME|ID] [--state DIR] [--json]

Shows every blue/green deployment, or one: where it stands, whether replication is degraded,
and what to do next. The beginning of a name is enough where only one begins so.

${COMMON}
--json prints a line for each deployment and each operation; the last one is
{"outcome": "done"}, or refused where there is no such deployment, or failed.
Exit code: 0 where it is shown, 1 where AWS did not answer or refused, 2 where there is no such
deployment or for a mistake in the arguments.
`,
  recreate: `Usage: bluegreen-guard recreate NAME|ID [options]

Shows the plan, asks, deletes the blue/green deployment with everything green, and creates it
again from its own spec. Run it again after whatever ended it: it goes on where it was. Where
an earlier one deleted green and could not create it again, it offers to go on from the saved
spec. NAME is the whole name: a beginning is not enough.

Where green never showed part of its spec, as after a failed creation, say it with these; they
also go before what green shows:

${FIELDS}
  --yes        accepts the plan, checks included whose answer is unknown; never one that failed
${ALONE}${COMMON}
The last line of --json is {"outcome": "done", "deployment": "<new id>"}; other outcomes are
failed, refused, cancelled and, after Ctrl-C, interrupted. Where fields are missing, a line
{"missing": [{"field", "reason", "option"}], "command"} comes before it.
Exit code: 0 where green is ready, 1 where it failed or was stopped, 2 where it was refused or
for a mistake in the arguments, 130 after Ctrl-C.
`,
  switchover: `Usage: bluegreen-guard switchover NAME|ID [--timeout S] [--yes] [--alone] [--state DIR] [--json]

Shows whether a blue/green deployment is ready, asks, switches it over at most once, and
reports what that did. Run it again after whatever ended it: it goes on where it was, and
does not ask RDS a second time before RDS says that nothing was begun.

  --timeout S  how long RDS may take before it rolls everything back: ${switchover.timeout.least} to ${switchover.timeout.most} seconds
               (default: ${switchover.timeout.leftOut})
  --yes        accepts the checklist, with answers that are unknown; never one that failed
${ALONE}${COMMON}
The last line of --json is {"outcome": "done"}; other outcomes are partly (RDS switched some
databases over and others not), cancelled (RDS rolled it back, or a person stopped it before),
failed, refused, unclear and, after Ctrl-C, interrupted.
Exit code: 0 where all of it was switched over, 1 where it was not, failed or is unclear, 2
where it was refused or for a mistake in the arguments, 130 after Ctrl-C.
`,
  cancel: `Usage: bluegreen-guard cancel NAME|ID [--force [--yes]] [--state DIR] [--json]

Has the recreation or switchover of a blue/green deployment stop before its next change to
RDS, an announced one before it begins, and ends the waiting for a creation that hangs. What
RDS is doing by now, RDS goes on with. After a switchover of which it is not clear how it
ended, it lets other operations on that database begin again.

  --force      ends an operation at which nobody is any more: shows first what that means and
               how RDS stands, has Lambda stop its execution, and releases the database once
               that has ended; nothing begins on it for ten minutes
  --yes        accepts what --force means

${COMMON}
Exit code: 0 where it has stopped, or will as another process was told, 1 where it ended
otherwise or failed, 2 where there is none or for a mistake in the arguments, 130 after Ctrl-C.
`,
};
