import { type Given, givenAsText, problemOf, SETTING_NAMES, type SettingName } from "../../../src/settings/given.ts";

/** The flag that gives a setting: `--slack-channel` for `slackChannel`. */
export const flagOf = (name: SettingName): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A flag for each setting, as `parseArgs` takes them. */
export const FLAGS: Readonly<Record<string, { type: "string" }>> = Object.fromEntries(
  SETTING_NAMES.map((name) => [flagOf(name), { type: "string" }]),
);

/** The settings that the flags give, and a sentence for each flag that is refused. */
export function givenByFlags(values: Readonly<Record<string, unknown>>): { given: Given; problems: string[] } {
  const given = SETTING_NAMES.map((name): [SettingName, unknown] => [name, values[flagOf(name)]])
    .filter(([, text]) => text !== undefined)
    .map(([name, text]): [SettingName, unknown] => [name, givenAsText(name, String(text))]);
  const problems = given.map(([name, value]) => problemOf(name, value)?.replace(name, `--${flagOf(name)}`));
  return { given: Object.fromEntries(given), problems: problems.filter((it) => it !== undefined) };
}
