import { type Kind, parse, refusalOf, type ValueOf } from "./kinds.ts";
import type { Setting, Subject } from "./setting.ts";
import { GUARD, STACK } from "./table.ts";
import { withoutCredentials } from "./without-credentials.ts";

/** All settings of a stack. */
export const SETTINGS = { ...GUARD, ...STACK };

export type SettingName = keyof typeof SETTINGS;

/** The settings' names, in the order of the README's table. */
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

const ENTRIES: Readonly<Record<SettingName, Setting>> = SETTINGS;

type ValueIn<S extends Setting> = ValueOf<S["kind"]> | (S extends { word: infer Word } ? Word : never);

/** The settings of a stack as a person gives them: each a value of its kind, or the word that stands in its place ("none", "create"). */
export type Given = { -readonly [Name in SettingName]?: ValueIn<(typeof SETTINGS)[Name]> };

/** What a person gives as text, such as after `-c`: lists with commas between. A text that is not of the setting's kind stays a text. */
export function givenAsText(name: SettingName, text: string): unknown {
  const { word, kind } = ENTRIES[name];
  return text === word ? word : parse(kind, text);
}

/** Says in a sentence what the setting takes, if it does not take the value. */
export function problemOf(name: SettingName, value: unknown): string | undefined {
  const { kind, word } = ENTRIES[name];
  if (word !== undefined && value === word) return undefined;
  const refusal = refusalOf(kind, value);
  if (!refusal) return undefined;
  const or = word === undefined ? "" : `, or "${word}"`;
  return `${name} takes ${refusal.takes}${or}; received ${shown(refusal.received, kind)}.`;
}

const shown = (received: unknown, { is }: Kind): string =>
  typeof received === "object" || (is !== "choice" && typeof received === "number")
    ? JSON.stringify(received)
    : `"${withoutCredentials(String(received))}"`;

const UNSTATED: Readonly<Record<Subject, string>> = {
  channel: "slackChannel is missing: the id of the channel that the guard posts in, such as C0123456789.",
  secret: 'slackSecret is missing: the name or ARN of the secret with the Slack app\'s token, or "create" for a new one without a value.',
  operators: 'operators is missing: the ids of the Slack users and user groups who may have something changed, or "none".',
  alarms: 'alarmEmail and alarmTopic are missing: state one of them, or "none" if nobody is to get the alarms.',
};

/** A sentence for each thing that the settings of a stack have to state and these do not. */
export function unstated(given: Readonly<Partial<Record<SettingName, unknown>>>): string[] {
  const stated = new Set(SETTING_NAMES.filter((name) => given[name] !== undefined).map((name) => ENTRIES[name].stated));
  return (Object.keys(UNSTATED) as Subject[]).filter((subject) => !stated.has(subject)).map((subject) => UNSTATED[subject]);
}
