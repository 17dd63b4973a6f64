import { parseArgs } from "node:util";
import { usageProblem } from "../usage-problem.ts";
import { STATE, USAGE } from "./usage.ts";

type Name = keyof typeof USAGE;

const OPTIONS = {
  yes: { type: "boolean" },
  state: { type: "string", default: STATE },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** Runs `status`, `recreate` or `cancel` with its arguments; answers the exit code. */
export async function operationMain(name: Name, args: string[]): Promise<number> {
  try {
    const { yes, ...others } = OPTIONS;
    const { values, positionals } = parseArgs({ args, options: name === "recreate" ? OPTIONS : others, allowPositionals: true });
    if (values.help) {
      process.stdout.write(USAGE[name]);
      return 0;
    }
    const [typed] = positionals;
    if (positionals.length > 1) return wrong(name, `${name} takes one name or id; received ${positionals.join(" ")}.`);
    if (typed === undefined && name !== "status") return wrong(name, `${name} takes the name or the id of a blue/green deployment.`);
    // Only now: the SDK takes most of a second to load, and a mistake is to be said at once.
    const { runOperation } = await import("./run.ts");
    return await runOperation(name, typed, {
      yes: "yes" in values && values.yes === true,
      state: values.state,
      json: values.json === true,
    });
  } catch (error) {
    return usageProblem(error, USAGE[name]);
  }
}

function wrong(name: Name, problem: string): number {
  process.stderr.write(`${problem}\n\n${USAGE[name]}`);
  return 2;
}
