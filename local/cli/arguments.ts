import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./mistake.ts";
import { nearest } from "./nearest.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** The values of a command's options, and its other arguments in order. @throws UsageError for an option that it does not take */
export function argumentsIn<const Known extends Options>(args: string[], options: Known) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    throw new UsageError(refusalOf(args, options));
  }
}

/** The values of the options of a command that takes nothing else. @throws UsageError for any other argument */
export function optionsIn<const Known extends Options>(args: string[], options: Known) {
  const { values, positionals } = argumentsIn(args, options);
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option, and nothing else is taken here.`);
  return values;
}

/** Why Node refuses the arguments, in a sentence about the first that is wrong. */
function refusalOf(args: string[], options: Options): string {
  for (const token of parseArgs({ args, options, strict: false, tokens: true }).tokens) {
    if (token.kind !== "option") continue;
    const { name, index, value, inlineValue } = token;
    const type = Object.hasOwn(options, name) ? options[name]?.type : undefined;
    if (type === undefined) return unknownWords(args[index] ?? "", Object.keys(options));
    if (type === "boolean" && value !== undefined) return `--${name} takes no value; received "${value}".`;
    if (type === "string" && value === undefined) return `--${name} takes a value, and none was given.`;
    if (type === "string" && !inlineValue && value?.startsWith("-"))
      return `--${name} takes a value, and "${value}" looks like an option: write --${name}=${value} if it is the value.`;
  }
  return `These arguments cannot be read: ${args.join(" ")}.`;
}

function unknownWords(argument: string, known: readonly string[]): string {
  const [typed = ""] = argument.split("=");
  const meant = nearest(typed.replace(/^-+/, "").toLowerCase(), known);
  return `There is no option ${typed} here.${meant === undefined ? "" : ` Did you mean --${meant}?`}`;
}
