import * as words from "../../../src/messages/language.ts";
import { isOperationName, operationOf } from "../../../src/operations/index.ts";
import type { Operation } from "../../../src/operations/operation.ts";
import { ASKED_FIELD_NAMES, ASKED_FIELDS } from "../../../src/plans/spec/asked-fields.ts";
import type { AskedFields } from "../../../src/plans/spec/settled.ts";
import { argumentsIn } from "../arguments.ts";
import { UsageError } from "../mistake.ts";
import { STATE, stateFolder, USAGE } from "./usage.ts";

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

/** Runs `status`, `recreate`, `switchover` or `cancel` with its arguments; returns the exit code. @throws Mistake */
export async function operationMain(name: Name, args: string[]): Promise<number> {
  const { values, positionals } = argumentsIn(args, optionsOf(name));
  if (values.help) {
    process.stdout.write(USAGE[name]);
    return 0;
  }
  const typed = nameIn(name, positionals);
  const isSet = (option: string) => (values as Record<string, unknown>)[option] === true;
  if (name === "cancel" && isSet("yes") && !isSet("force"))
    throw new UsageError("--yes is taken only beside --force: nothing else that cancel does is asked about.");
  const options = {
    yes: isSet("yes"),
    force: isSet("force"),
    alone: isSet("alone"),
    state: stateFolder(values.state),
    json: isSet("json"),
    timeoutSeconds: isOperationName(name) ? timeoutOf(values, operationOf(name).timeout) : undefined,
    fields: fieldsOf(values),
  };
  // Imported late: the SDK takes most of a second to load, and a mistake should be reported immediately.
  const { runOperation } = await import("./run.ts");
  return runOperation(name, typed, options);
}

function optionsOf(name: Name) {
  const { yes, timeout, force, alone, ...others } = OPTIONS;
  return {
    ...others,
    ...((isOperationName(name) || name === "cancel") && { yes }),
    ...(isOperationName(name) && { alone }),
    ...(isOperationName(name) && operationOf(name).timeout && { timeout }),
    ...(name === "cancel" && { force }),
    ...(name === "recreate" && FIELDS),
  };
}

/** The name or id that was typed; undefined if `status` was asked for all. */
function nameIn(name: Name, positionals: readonly string[]): string | undefined {
  const [typed] = positionals;
  if (positionals.length > 1) throw new UsageError(`${name} takes one name or id; received ${positionals.join(" ")}.`);
  if (typed === undefined && name === "status") return undefined;
  if (typed === undefined) throw new UsageError(`${name} takes the name or the id of a blue/green deployment.`);
  if (typed.trim() === "") throw new UsageError(`${name} takes the name or the id of a blue/green deployment; received "${typed}".`);
  return typed;
}

/** How many seconds the option gives RDS, or the operation by itself. */
function timeoutOf(values: { timeout?: unknown }, range: Operation["timeout"]): number | undefined {
  const { timeout: text } = values;
  if (!range || text === undefined) return range?.leftOut;
  const seconds = /^\d+$/.test(String(text)) ? Number(text) : Number.NaN;
  if (seconds >= range.least && seconds <= range.most) return seconds;
  throw new UsageError(`--timeout takes whole seconds, ${range.least} to ${range.most}; received "${text}".`);
}

/** What the options ask for in the new deployment, undefined if nothing. */
function fieldsOf(values: Record<string, unknown>): AskedFields | undefined {
  const given = ASKED_FIELD_NAMES.filter((name) => values[ASKED_FIELDS[name].option] !== undefined);
  const fields = Object.fromEntries(given.map((name) => [name, String(values[ASKED_FIELDS[name].option])]));
  const wrong = given.find((name) => !ASKED_FIELDS[name].pattern.test(fields[name] ?? ""));
  if (wrong) {
    const takes = `--${ASKED_FIELDS[wrong].option} takes the ${words.FIELD_WORDS[wrong]} as RDS writes it`;
    throw new UsageError(`${takes}; received "${fields[wrong]}".`);
  }
  return given.length > 0 ? fields : undefined;
}
