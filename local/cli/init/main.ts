import { join } from "node:path";
import { parseArgs } from "node:util";
import { readSettingsFile, SETTINGS_FILE, SettingsFileError } from "../../../src/settings/file.ts";
import { SETTING_NAMES } from "../../../src/settings/given.ts";
import { visible } from "../../visible.ts";
import { usageProblem } from "../usage-problem.ts";
import { FLAGS, flagOf, givenByFlags } from "./flags.ts";

const USAGE = `Usage: bluegreen-guard init [options]

Writes the settings of the stack into ${SETTINGS_FILE} in this folder, beside the app: the CDK's commands and bluegreen-guard
read them there. In a terminal it asks for what no option gives; elsewhere it refuses if something is missing. It changes what the file
states already, and keeps the rest. It looks at the account of AWS's own environment, changes nothing there, and says what the region lacks,
whether a guard is there already, and which roles for Enhanced Monitoring the databases use.

${SETTING_NAMES.map((name) => `  --${flagOf(name)} VALUE`).join("\n")}
  --no-look     does not look at the account
  --help        say this

The README says what each takes; lists have commas between. --slack-channel, --slack-secret (or create), --operators (or none), and
--alarm-email or --alarm-topic (or none) have to be stated.

Exit code: 0 where the file is written, 2 where it is not.
`;

const OPTIONS = { ...FLAGS, "no-look": { type: "boolean" }, help: { type: "boolean" } } as const;

/** Runs `init` with its arguments; returns the exit code. */
export async function initMain(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    const { given, problems } = givenByFlags(values);
    if (problems.length > 0) return wrong(problems.join("\n"));
    const folder = process.cwd();
    const file = readSettingsFile(folder);
    if (file && file.path !== join(folder, SETTINGS_FILE))
      return wrong(`The settings stand in the context of ${file.path}, where every command reads them: change them there.`);
    const canAsk = process.stdin.isTTY === true && process.stdout.isTTY === true;
    // Imported late: the SDK and the prompts take most of a second to load, and a mistake should be reported immediately.
    const { runInit } = await import("./run.ts");
    return await runInit({ folder, file, given, canAsk, looks: !values["no-look"] });
  } catch (error) {
    if (error instanceof SettingsFileError) return wrong(error.message);
    return usageProblem(error, USAGE);
  }
}

function wrong(why: string): number {
  process.stderr.write(`${visible(why)}\n`);
  return 2;
}
