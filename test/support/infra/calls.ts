import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleFolder, type FunctionName } from "../../../infra/bundle-folder.ts";

/** An operation of AWS that the code names, and the form in which a bundle does. */
export interface Operation {
  name: string;
  inBundle: RegExp;
}

/** By the SDK: a class of its own in a bundle. */
const bySdk = (name: string): Operation => ({ name, inBundle: new RegExp(`\\bextends \\w+\\(\\w+,\\w+,"${name}"`) });
/** By a call of the guard's own: a function's first argument, or a name in what it is given. */
const byCall = (name: string): Operation => ({ name, inBundle: new RegExp(`(\\boperation:|\\b\\w+\\()"${name}"`) });

const COMMAND = /\bnew (\w+)Command\(|\bpaginate([A-Z]\w+)\(/g;
const CALL = /\boperation: "(\w+)"|\b\w+(?:<[^("]*>)?\("((?:[A-Z][a-z]+){2,}|Query)",/g;

const found = (texts: readonly string[], pattern: RegExp): string[] => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? ""))),
];

/** The operations of AWS that the code in `src/clients` names, and those of the durable functions' SDK. */
export function operationsOfClients(): Operation[] {
  const texts = globSync("src/clients/**/*.ts").map((file) => readFileSync(file, "utf8"));
  const durable = ["CheckpointDurableExecution", "GetDurableExecutionState"];
  return [...[...found(texts, COMMAND), ...durable].map(bySdk), ...found(texts, CALL).map(byCall)];
}

/** The names of those operations that the function's bundle holds. */
export function operationsInBundle(name: FunctionName, operations: readonly Operation[]): string[] {
  const folder = bundleFolder(name);
  const texts = readdirSync(folder)
    .filter((file) => file.endsWith(".mjs"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
  return operations.filter(({ inBundle }) => texts.some((text) => inBundle.test(text))).map((it) => it.name);
}
