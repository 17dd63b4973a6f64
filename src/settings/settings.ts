import type { Watch } from "./choices.ts";
import { type Environment, readFrom, unsetValue, type Values } from "./read.ts";
import { SettingsError } from "./settings-error.ts";
import { answer, GUARD, PLACES, type Setting } from "./table.ts";

export { SettingsError, type Watch };

const ALL = { ...GUARD, ...PLACES };
const SLACK = { slackChannel: GUARD.slackChannel, slackSecret: GUARD.slackSecret, slackApiUrl: PLACES.slackApiUrl };

/** All that a function is told by its environment. AWS's region, endpoints and credentials are read by the SDK itself. */
export type Settings = Values<typeof ALL>;

/** Where in Slack the guard speaks, and as whom. */
export type SlackSettings = Values<typeof SLACK>;

/** What the guard does by itself, when, and who may have it do more; not where it works, nor which of its functions there are. */
export type GuardPolicy = Omit<Values<typeof GUARD>, keyof SlackSettings | "operations" | "commands"> & Pick<Settings, "principal">;

type Defaulted = { [Name in keyof typeof GUARD]: (typeof GUARD)[Name] extends { default: unknown } ? Name : never }[keyof typeof GUARD];

/** What holds where nobody says otherwise; without a stack that says so there are no operations and no commands. */
export const DEFAULTS = /* @__PURE__ */ defaults();

/** The environment variables that the functions read, by what they set; what is not listed here is read by nobody. */
export const VARIABLES = /* @__PURE__ */ variables();

/** Reads all settings. @throws SettingsError that names every variable that is missing or bad, with the value received. */
export function readSettings(environment: Environment = process.env): Settings {
  return readFrom(ALL, environment);
}

/** Reads what is needed to speak in Slack. @throws SettingsError as `readSettings` does. */
export function readSlackSettings(environment: Environment = process.env): SlackSettings {
  return readFrom(SLACK, environment);
}

function defaults(): Pick<Settings, Defaulted> {
  const all: [string, Setting][] = Object.entries(GUARD);
  const values = all.filter((entry) => entry[1].default !== undefined).map(([name, setting]) => [name, unsetValue(setting)]);
  return Object.fromEntries(values);
}

function variables(): Record<keyof Settings | "answer", string> {
  const all = { ...ALL, answer };
  const names = Object.keys(all) as (keyof typeof all)[];
  return Object.fromEntries(names.map((name) => [name, all[name].variable])) as Record<keyof typeof all, string>;
}
