import { readSettingsFile } from "../../../src/settings/file.ts";
import { optionsIn } from "../arguments.ts";
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
  if (help || rehearse) {
    process.stdout.write(help ? USAGE : REHEARSAL);
    return 0;
  }
  const given = readSettingsFile(process.cwd())?.given ?? {};
  // Imported late: the SDK takes most of a second to load, and a mistake should be reported immediately.
  const { runDoctor } = await import("./doctor.ts");
  return runDoctor({ ...asked, given });
}
