import type { NormalizedSchema } from "@smithy/core/schema";
import { problemsOf } from "../lab/schemas.ts";
import { type Command, commandNamed, type Takes } from "./commands.ts";
import type { Word } from "./words.ts";

/** Options of every command, and those of commands that list. Source: AWS CLI reference, "Global options"; user guide, "Pagination". */
const GLOBAL = new Set([
  ...[
    "debug",
    "endpoint-url",
    "no-verify-ssl",
    "no-paginate",
    "output",
    "query",
    "profile",
    "region",
    "version",
    "color",
    "no-sign-request",
  ],
  ...["ca-bundle", "cli-read-timeout", "cli-connect-timeout", "cli-binary-format", "no-cli-pager", "cli-input-json", "no-cli-auto-prompt"],
  ...["max-items", "starting-token", "page-size"],
]);

/** What a command says. */
export interface Read {
  command: Command;
  service: string;
  /** True if it is the name alone of a command that needs more, as a sentence mentions it. */
  isMention: boolean;
  /** What the API is asked, as far as it is known. */
  input: Record<string, unknown>;
  /** What is wrong with it. */
  problems: string[];
}

/** Reads a command as the AWS CLI would; what the shell puts in counts as a text, and is left out of numbers, lists and structures. */
export function read(words: readonly Word[]): Read | { problems: string[] } {
  const command = commandNamed(words.map(({ text }) => text));
  const named = words.slice(0, 3).map(({ text }) => text);
  if (!command) return { problems: [`${named.slice(0, 2).join(" ")} is no command`] };
  const { options, positional } = grouped(words.slice(command.words), command);
  const isMention = words.length === command.words && command.required.length > 0;
  const found: Read = { command, service: named[0] ?? "", isMention, input: {}, problems: [] };
  const missing = isMention ? [] : command.required.filter((name) => !options.some((it) => it.name === name));
  found.problems.push(...missing.map((name) => `--${name} is missing`));
  if (!isMention && positional.length !== command.positional)
    found.problems.push(`${positional.length} words stand for themselves, and not ${command.positional}`);
  for (const option of options) found.problems.push(...take(option, found));
  return found;
}

interface Option {
  name: string;
  values: Word[];
}

/** An option for a list takes all words up to the next option, any other takes one: what follows stands for itself. */
function grouped(words: readonly Word[], command: Command): { options: Option[]; positional: Word[] } {
  const options: Option[] = [];
  const positional: Word[] = [];
  for (const word of words) {
    const last = options.at(-1);
    const isList = command.options.get(last?.name ?? "")?.schema?.isListSchema() === true;
    if (word.isKnown && word.text.startsWith("--")) options.push({ name: word.text.slice(2), values: [] });
    else if (last && (isList || last.values.length === 0)) last.values.push(word);
    else positional.push(word);
  }
  return { options, positional };
}

/** Takes an option into what was read; returns what is wrong with it. */
function take({ name, values }: Option, { command, input }: Read): string[] {
  if (name === "query") return queryProblems(values[0], command.output);
  if (GLOBAL.has(name)) return [];
  const isNo = !command.options.has(name) && name.startsWith("no-");
  const takes = command.options.get(isNo ? name.slice(3) : name);
  if (!takes || (isNo && !takes.schema?.isBooleanSchema())) return [`there is no --${name}`];
  const { member, schema } = takes;
  if (schema?.isBooleanSchema()) {
    if (member !== undefined) input[member] = !isNo;
    return values.length > 0 ? [`--${name} takes no value`] : [];
  }
  if (values.length === 0) return [`--${name} takes a value`];
  const { value, problems } = valueIn(name, values, takes);
  if (member !== undefined && value !== undefined) input[member] = value;
  return problems;
}

interface Value {
  value?: unknown;
  problems: string[];
}

function valueIn(name: string, values: readonly Word[], { schema }: Takes): Value {
  const [first = { text: "", isKnown: true }] = values;
  if (!schema || schema.isBlobSchema()) return { value: first.text, problems: [] };
  if (first.text.startsWith("file://")) return { problems: [] };
  const isText = schema.isStringSchema() || schema.isTimestampSchema();
  if (isText || schema.isNumericSchema()) return plain(name, first, schema);
  if (!values.every(({ isKnown }) => isKnown)) return { problems: [] };
  if (/^[[{]/.test(first.text)) return checked(name, json(first.text), schema);
  if (schema.isListSchema()) {
    const of = schema.getValueSchema();
    return checked(name, of.isStructSchema() ? values.map(({ text }) => shorthand(text)) : values.map(({ text }) => text), schema);
  }
  return checked(name, shorthand(first.text), schema);
}

function plain(name: string, { text, isKnown }: Word, schema: NormalizedSchema): Value {
  if (!schema.isNumericSchema()) return { value: text, problems: [] };
  if (!isKnown) return { problems: [] };
  return /^-?\d+(\.\d+)?$/.test(text)
    ? { value: Number(text), problems: [] }
    : { problems: [`--${name} takes a number and not "${text}"`] };
}

function checked(name: string, value: unknown, schema: NormalizedSchema): Value {
  return value === undefined ? { problems: [`--${name} has no JSON`] } : { value, problems: problemsOf(schema, value, `--${name}`) };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Key=a,Value=b`. Source: AWS CLI user guide, "Using shorthand syntax". */
const shorthand = (text: string): Record<string, string> =>
  Object.fromEntries(text.split(",").map((pair) => [pair.split("=")[0], pair.split("=").slice(1).join("=")]));

/** What `--query` names and the output has nowhere. Source: JMESPath specification, identifiers, literals, functions. */
function queryProblems(query: Word | undefined, output: NormalizedSchema | undefined): string[] {
  if (!query) return ["--query takes a value"];
  if (!output) return [];
  const plainText = query.text.replaceAll(/'[^']*'|`[^`]*`|"[^"]*"|\$\w+|\$\([^)]*\)/g, "");
  const names = [...plainText.matchAll(/[A-Za-z_]\w*(?!\w*\()/g)].map(([name]) => name);
  const { known, isOpen } = membersIn(output);
  return isOpen ? [] : names.filter((name) => !known.has(name)).map((name) => `--query names ${name}, which the answer does not have`);
}

/** All members of an output; `isOpen` if it also has maps, whose keys nobody knows. */
function membersIn(schema: NormalizedSchema, known = new Set<string>(), seen = new Set<string>()): { known: Set<string>; isOpen: boolean } {
  if (schema.isListSchema()) return membersIn(schema.getValueSchema(), known, seen);
  if (schema.isMapSchema()) return { known, isOpen: true };
  const name = schema.getName() ?? "";
  if (!schema.isStructSchema() || seen.has(name)) return { known, isOpen: false };
  seen.add(name);
  const inside = [...schema.structIterator()].map(([member, of]) => {
    known.add(member);
    return membersIn(of, known, seen);
  });
  return { known, isOpen: inside.some(({ isOpen }) => isOpen) };
}
