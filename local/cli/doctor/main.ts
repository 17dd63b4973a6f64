import { readSettingsFile } from "../../../src/settings/file.ts";
import { optionsIn } from "../arguments.ts";
import { UsageError } from "../mistake.ts";
import { whyNotWritable } from "./record/record.ts";
import { REHEARSAL } from "./rehearse.ts";
import { slackStated } from "./slack-stated.ts";
import { USAGE } from "./usage.ts";

const OPTIONS = {
  stack: { type: "string" },
  post: { type: "boolean" },
  stop: { type: "boolean" },
  json: { type: "boolean" },
  record: { type: "string" },
  rehearse: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** Runs `doctor` with its arguments; returns the exit code. @throws Mistake, SettingsFileError */
export async function doctorMain(args: string[]): Promise<number> {
  const { help, rehearse, ...given } = optionsIn(args, OPTIONS);
  if (help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (rehearse) return rehearsal(Object.keys(given));
  const { stack = "BlueGreenGuard", post = false, stop = false, json = false, record } = given;
  const problem = record === undefined ? undefined : await whyNotWritable(record);
  if (problem !== undefined) throw new UsageError(problem);
  const settings = readSettingsFile(process.cwd())?.given ?? {};
  const slack = slackStated(process.env, settings);
  // Imported late: the SDK takes most of a second to load, and a mistake should be reported immediately.
  const { runDoctor } = await import("./doctor.ts");
  return runDoctor({ stack, post, stop, json, record, given: settings, slack });
}

/** Prints the rehearsal, beside which no other option means anything. @throws UsageError if others were given */
function rehearsal(others: readonly string[]): number {
  if (others.length > 0) {
    const received = others.map((it) => `--${it}`).join(" and ");
    throw new UsageError(`--rehearse prints the commands and asks nothing, so it stands alone; received ${received} as well.`);
  }
  process.stdout.write(REHEARSAL);
  return 0;
}
