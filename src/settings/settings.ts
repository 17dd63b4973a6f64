import type { Watch } from "./choices.ts";
import { answer, PLACES } from "./places.ts";
import { type Environment, readFrom, unsetValue, type Values } from "./read.ts";
import type { Setting } from "./setting.ts";
import { SettingsError } from "./settings-error.ts";
import { GUARD } from "./table.ts";

export { SettingsError, type Watch };

const ALL = { ...GUARD, ...PLACES };
const SLACK = { slackChannel: GUARD.slackChannel, slackSecret: GUARD.slackSecret, slackApiUrl: GUARD.slackApiUrl };

/** Everything a function reads from its environment, except Region, endpoints and credentials, which the SDK reads. */
export type Settings = Values<typeof ALL>;

/** Where in Slack the guard posts, and with which credentials. */
export type SlackSettings = Values<typeof SLACK>;

/** What the guard does automatically, when, and who can ask for more; not where it runs, nor which functions are deployed. */
export type GuardPolicy = Omit<Values<typeof GUARD>, keyof SlackSettings | "operations" | "commands"> & Pick<Settings, "principal">;

type Defaulted = { [Name in keyof typeof GUARD]: (typeof GUARD)[Name] extends { default: unknown } ? Name : never }[keyof typeof GUARD];

/** The settings' default values; operations and commands are off unless the stack turns them on. */
export const DEFAULTS = /* @__PURE__ */ defaults();

/** The guard's own environment variables that its functions read, by setting; they read no others. */
export const VARIABLES = /* @__PURE__ */ variables();

/** Reads all settings. @throws SettingsError that names every missing or invalid variable, with the value received. */
export function readSettings(environment: Environment = process.env): Settings {
  return readFrom(ALL, environment);
}

/** Reads the settings for posting to Slack. @throws SettingsError as `readSettings` does. */
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
