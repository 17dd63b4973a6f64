import { readSettingsFile } from "../../../src/settings/file.ts";
import { optionsIn } from "../arguments.ts";
import { UsageError } from "../mistake.ts";
import { whyNotWritable } from "./record/record.ts";
import { REHEARSAL } from "./rehearse.ts";
import { USAGE } from "./usage.ts";

const OPTIONS = {
  stack: { type: "string", default: "BlueGreenGuard" },
  post: { type: "boolean", default: false },
  stop: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  record: { type: "string" },
  rehearse: { type: "boolean", default: false },
  help: { type: "boolean" },
} as const;

/** Runs `doctor` with its arguments; returns the exit code. @throws Mistake, SettingsFileError */
export async function doctorMain(args: string[]): Promise<number> {
  const { help, rehearse, ...asked } = optionsIn(args, OPTIONS);
  if (help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (rehearse) return rehearsal(args.filter((it) => it !== "--rehearse"));
  const problem = asked.record === undefined ? undefined : await whyNotWritable(asked.record);
  if (problem !== undefined) throw new UsageError(problem);
  const given = readSettingsFile(process.cwd())?.given ?? {};
  // Imported late: the SDK takes most of a second to load, and a mistake should be reported immediately.
  const { runDoctor } = await import("./doctor.ts");
  return runDoctor({ ...asked, given });
}

/** Prints the rehearsal, beside which no other option means anything. @throws UsageError if there are `others` */
function rehearsal(others: readonly string[]): number {
  if (others.length > 0) {
    throw new UsageError(`--rehearse prints the commands and asks nothing, so it stands alone; received ${others.join(" ")} as well.`);
  }
  process.stdout.write(REHEARSAL);
  return 0;
}
