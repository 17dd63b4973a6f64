import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { readSettingsFile } from "../../../src/settings/file.ts";
import { DEFAULTS, type Settings, VARIABLES } from "../../../src/settings/settings.ts";
import { inFile } from "../hello/main.ts";
import { BOT_TOKEN, type SlackHere, slackHere } from "../slack-here.ts";

/** What a watch is set to. */
export interface WatchSettings {
  /** Where it tells Slack; absent if it tells the terminal. */
  slackAt?: SlackHere;
  settings: Pick<Settings, "watch" | "stuckAfterHours">;
  /** Where the settings come from and what is missing for Slack, in sentences; empty if there is no settings file. */
  words: string;
}

/**
 * Reads what a watch is set to: by the settings file in `folder`, and before that by the environment. Of what the guard may do by itself it
 * reads nothing.
 *
 * @throws SettingsFileError, and SettingsError if what is said of Slack is incomplete
 */
export function readWatchSettings(environment: NodeJS.ProcessEnv, folder: string): WatchSettings {
  const file = readSettingsFile(folder);
  const { watch = DEFAULTS.watch, stuckAfterHours = DEFAULTS.stuckAfterHours } = file?.given ?? {};
  const settings = { watch, stuckAfterHours };
  if (!file) return { slackAt: slackHere(environment), settings, words: "" };
  const all = {
    ...inFile(file.given),
    ...Object.fromEntries(Object.entries(environment).filter(([name, value]) => value || name === BOT_TOKEN)),
  };
  const isMute = all[VARIABLES.slackSecret] === undefined && all[BOT_TOKEN] === undefined && !environment[VARIABLES.slackChannel];
  const { settingsOf, noTokenYet } = words.WATCHING;
  const from = settingsOf(file.path, inTerminal);
  if (!isMute) return { slackAt: slackHere(all), settings, words: from };
  return { settings, words: `${from} ${noTokenYet(BOT_TOKEN)}` };
}
