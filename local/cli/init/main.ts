import { join } from "node:path";
import { readSettingsFile, SETTINGS_FILE } from "../../../src/settings/file.ts";
import { optionsIn } from "../arguments.ts";
import { EXIT } from "../exit.ts";
import { Mistake, UsageError } from "../mistake.ts";
import { FLAGS, flagLines, givenByFlags } from "./flags.ts";

const USAGE = `Usage: bluegreen-guard init [options]

Writes the settings of the stack into ${SETTINGS_FILE} in this folder, beside the app: the CDK's commands and bluegreen-guard
read them there. In a terminal it asks for what no option gives; elsewhere it refuses if something is missing. It changes what the file
states already, and keeps the rest. It looks at the account of AWS's own environment, changes nothing there, and says what the region lacks,
whether a guard is there already, and which roles for Enhanced Monitoring the databases use. AWS_PROFILE and AWS_REGION (or
AWS_DEFAULT_REGION) say where.

${flagLines()}
  --no-look
      does not look at the account
  --help
      say this

--slack-channel, --slack-secret (or create), --operators (or none), and
--alarm-email or --alarm-topic (or none) have to be stated.

Exit code: 0 where the file is written, 2 where it is not, 130 after Ctrl-C or Ctrl-D.
`;

const OPTIONS = { ...FLAGS, "no-look": { type: "boolean" }, help: { type: "boolean" } } as const;

/** Runs `init` with its arguments; returns the exit code. @throws Mistake, SettingsFileError */
export async function initMain(args: string[]): Promise<number> {
  const values = optionsIn(args, OPTIONS);
  if (values.help) {
    process.stdout.write(USAGE);
    return EXIT.done;
  }
  const { given, problems } = givenByFlags(values);
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  const folder = process.cwd();
  const file = readSettingsFile(folder);
  if (file && file.path !== join(folder, SETTINGS_FILE))
    throw new Mistake(`The settings stand in the context of ${file.path}, where every command reads them: change them there.`);
  const canAsk = process.stdin.isTTY === true && process.stdout.isTTY === true;
  // Imported late: the SDK and the prompts take most of a second to load, and a mistake should be reported immediately.
  const { runInit } = await import("./run.ts");
  return runInit({ folder, file, given, canAsk, looks: !values["no-look"] });
}
