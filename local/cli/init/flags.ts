import { type Given, givenAsText, problemOf, SETTING_NAMES, SETTINGS, type SettingName } from "../../../src/settings/given.ts";
import type { Kind } from "../../../src/settings/kinds.ts";
import { descriptionOf } from "../../../src/settings/schema.ts";
import type { Setting } from "../../../src/settings/setting.ts";

/** The flag that gives a setting: `--slack-channel` for `slackChannel`. */
export const flagOf = (name: SettingName): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const PLACEHOLDERS: Partial<Record<SettingName, string>> = { slackChannel: "ID", slackApiUrl: "URL", alarmEmail: "ADDRESS" };

/** What stands for a flag's value in the usage. */
function placeholderOf(name: SettingName): string {
  const { kind, word }: Setting = SETTINGS[name];
  const value = PLACEHOLDERS[name] ?? valueWords(kind);
  return word === undefined ? value : `${value}|${word}`;
}

function valueWords(kind: Kind): string {
  switch (kind.is) {
    case "choice":
      return kind.of.join("|");
    case "number":
      return "N";
    case "retention":
      return "DAYS";
    case "truth":
      return "true|false";
    case "list":
      return "A,B,…";
    case "secret":
      return "NAME|ARN";
    case "topic":
      return "ARN";
    default:
      return "TEXT";
  }
}

/** The usage's lines of all flags: what each takes, what that is, and what leaving it out means. */
export function flagLines(): string {
  const lines = SETTING_NAMES.map((name) => `  --${flagOf(name)} ${placeholderOf(name)}\n      ${descriptionOf(SETTINGS[name])}`);
  return lines.join("\n");
}

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
