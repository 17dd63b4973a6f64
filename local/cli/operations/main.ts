import { parseArgs } from "node:util";
import { FIELD_WORDS } from "../../../src/messages/en/missing-fields.ts";
import { isOperationName, operationOf } from "../../../src/operations/index.ts";
import type { Operation } from "../../../src/operations/operation.ts";
import { ASKED_FIELD_NAMES, ASKED_FIELDS } from "../../../src/plans/spec/asked-fields.ts";
import type { AskedFields } from "../../../src/plans/spec/settled.ts";
import { visible } from "../../visible.ts";
import { usageProblem } from "../usage-problem.ts";
import { STATE, USAGE } from "./usage.ts";

type Name = keyof typeof USAGE;

const OPTIONS = {
  yes: { type: "boolean" },
  state: { type: "string", default: STATE },
  json: { type: "boolean" },
  timeout: { type: "string" },
  force: { type: "boolean" },
  alone: { type: "boolean" },
  help: { type: "boolean" },
} as const;

const FIELDS = Object.fromEntries(ASKED_FIELD_NAMES.map((name) => [ASKED_FIELDS[name].option, { type: "string" } as const]));

/** Runs `status`, `recreate`, `switchover` or `cancel` with its arguments; returns the exit code. */
export async function operationMain(name: Name, args: string[]): Promise<number> {
  try {
    const { yes, timeout, force, alone, ...others } = OPTIONS;
    const range = isOperationName(name) ? operationOf(name).timeout : undefined;
    const options = {
      ...others,
      ...((isOperationName(name) || name === "cancel") && { yes }),
      ...(isOperationName(name) && { alone }),
      ...(range && { timeout }),
      ...(name === "cancel" && { force }),
      ...(name === "recreate" && FIELDS),
    };
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.help) {
      process.stdout.write(USAGE[name]);
      return 0;
    }
    const [typed] = positionals;
    if (positionals.length > 1) return wrong(name, `${name} takes one name or id; received ${positionals.join(" ")}.`);
    if (typed === undefined && name !== "status") return wrong(name, `${name} takes the name or the id of a blue/green deployment.`);
    if (name === "cancel" && "yes" in values && values.yes === true && !("force" in values))
      return wrong(name, "Unknown option '--yes' without --force: nothing else that cancel does is asked about.");
    const given = "timeout" in values && typeof values.timeout === "string" ? values.timeout : undefined;
    const timeoutSeconds = range && timeoutOf(given, range);
    if (range && timeoutSeconds === undefined)
      return wrong(name, `--timeout takes whole seconds, ${range.least} to ${range.most}; received ${given}.`);
    const fields = fieldsOf(values);
    if (typeof fields === "string") return wrong(name, fields);
    // Imported late: the SDK takes most of a second to load, and a mistake should be reported immediately.
    const { runOperation } = await import("./run.ts");
    return await runOperation(name, typed, {
      yes: "yes" in values && values.yes === true,
      force: "force" in values && values.force === true,
      alone: "alone" in values && values.alone === true,
      state: values.state,
      json: values.json === true,
      timeoutSeconds,
      fields,
    });
  } catch (error) {
    return usageProblem(error, USAGE[name]);
  }
}

function wrong(name: Name, problem: string): number {
  process.stderr.write(`${visible(problem)}\n\n${USAGE[name]}`);
  return 2;
}

/** Undefined if the text is not a whole number in the range. */
function timeoutOf(text: string | undefined, { least, most, leftOut }: NonNullable<Operation["timeout"]>): number | undefined {
  if (text === undefined) return leftOut;
  const seconds = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return seconds >= least && seconds <= most ? seconds : undefined;
}

/** What the options ask for in the new deployment, undefined if nothing; a sentence if one is not what RDS takes. */
function fieldsOf(values: Record<string, unknown>): AskedFields | string | undefined {
  const given = ASKED_FIELD_NAMES.filter((name) => values[ASKED_FIELDS[name].option] !== undefined);
  const fields = Object.fromEntries(given.map((name) => [name, String(values[ASKED_FIELDS[name].option])]));
  const wrong = given.find((name) => !ASKED_FIELDS[name].pattern.test(fields[name] ?? ""));
  if (wrong) return `--${ASKED_FIELDS[wrong].option} takes the ${FIELD_WORDS[wrong]} as RDS writes it; received "${fields[wrong]}".`;
  return given.length > 0 ? fields : undefined;
}
