import { parse, refusalOf, type ValueOf } from "./kinds.ts";
import type { Setting } from "./setting.ts";
import { SettingsError } from "./settings-error.ts";
import { withoutCredentials } from "./without-credentials.ts";

/** Environment variables by name. */
export type Environment = Record<string, string | undefined>;

/** A setting with an environment variable. */
export type Variable = Setting & { variable: string };

/** The values of settings, by name. */
export type Values<Settings extends Record<string, Setting>> = {
  [Name in keyof Settings as Settings[Name] extends Absent ? never : Name]: ValueOf<Settings[Name]["kind"]>;
} & {
  [Name in keyof Settings as Settings[Name] extends Absent ? Name : never]?: ValueOf<Settings[Name]["kind"]>;
};

type Absent = { unset: "nothing" };

/** Reads these settings; an empty variable counts as unset. @throws SettingsError that names every missing or invalid variable. */
export function readFrom<Settings extends Record<string, Variable>>(settings: Settings, environment: Environment): Values<Settings> {
  const problems: string[] = [];
  const values = Object.entries(settings).map(([name, setting]) => {
    const { value, problem } = readOne(setting, environment[setting.variable]);
    if (problem !== undefined) problems.push(`${setting.variable} ${problem}.`);
    return [name, value];
  });
  if (problems.length > 0) throw new SettingsError(problems.join(" "));
  return Object.fromEntries(values);
}

function readOne(setting: Variable, text: string | undefined): { value?: unknown; problem?: string } {
  if (!text) return isRefused(setting) ? { problem: "is not set" } : { value: unsetValue(setting) };
  const { kind } = setting;
  const value = parse(kind, text);
  const refusal = refusalOf(kind, value, true);
  if (refusal) return { problem: `takes ${refusal.takes}; received "${withoutCredentials(text)}"` };
  return { value: kind.is === "text" && kind.finish ? kind.finish(text) : value };
}

const isRefused = ({ unset, default: otherwise }: Variable): boolean =>
  unset === undefined ? otherwise === undefined : unset === "refused";

/** The value in a function if the variable is not set. */
export const unsetValue = ({ unset, default: otherwise }: Setting): unknown => (unset === "false" ? false : otherwise);
