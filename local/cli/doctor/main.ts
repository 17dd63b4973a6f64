import { parseArgs } from "node:util";
import { readSettingsFile, SettingsFileError } from "../../../src/settings/file.ts";
import { visible } from "../../visible.ts";
import { usageProblem } from "../usage-problem.ts";
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

/** Runs `doctor` with its arguments; returns the exit code: 2 for a mistake in the arguments or in the settings file. */
export async function doctorMain(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    const { help, rehearse, ...asked } = values;
    if (help) {
      process.stdout.write(USAGE);
      return 0;
    }
    if (rehearse) return rehearsal(args);
    const problem = asked.record === undefined ? undefined : await whyNotWritable(asked.record);
    if (problem !== undefined) return refused(problem);
    const given = readSettingsFile(process.cwd())?.given ?? {};
    // Imported late: the SDK takes most of a second to load, and a mistake should be reported immediately.
    const { runDoctor } = await import("./doctor.ts");
    return await runDoctor({ ...asked, given });
  } catch (error) {
    if (!(error instanceof SettingsFileError)) return usageProblem(error, USAGE);
    return refused(error.message);
  }
}

function refused(problem: string): number {
  process.stderr.write(`${visible(problem)}\n`);
  return 2;
}

/** Prints the rehearsal, beside which no other option means anything. */
function rehearsal(args: string[]): number {
  const { tokens } = parseArgs({ args, options: OPTIONS, tokens: true });
  const others = tokens.filter((it) => it.kind === "option").flatMap(({ rawName, name }) => (name === "rehearse" ? [] : rawName));
  if (others.length > 0) {
    return refused(`--rehearse prints the commands and asks nothing, so it stands alone; received ${others.join(" and ")} as well.`);
  }
  process.stdout.write(REHEARSAL);
  return 0;
}
