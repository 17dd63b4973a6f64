import { parseArgs } from "node:util";
import { readSettingsFile, SettingsFileError } from "../../../src/settings/file.ts";
import { visible } from "../../visible.ts";
import { usageProblem } from "../usage-problem.ts";
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

/** Runs `doctor` with its arguments; returns the exit code: 2 for a mistake in the arguments or in the settings file. */
export async function doctorMain(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    const { help, rehearse, ...asked } = values;
    if (help) {
      process.stdout.write(USAGE);
      return 0;
    }
    if (rehearse) {
      process.stdout.write(REHEARSAL);
      return 0;
    }
    const given = readSettingsFile(process.cwd())?.given ?? {};
    // Imported late: the SDK takes most of a second to load, and a mistake should be reported immediately.
    const { runDoctor } = await import("./doctor.ts");
    return await runDoctor({ ...asked, given });
  } catch (error) {
    if (!(error instanceof SettingsFileError)) return usageProblem(error, USAGE);
    process.stderr.write(`${visible(error.message)}\n`);
    return 2;
  }
}
