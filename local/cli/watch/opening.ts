import { SlackError } from "../../../src/clients/slack/failure.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { SettingsFileError } from "../../../src/settings/file.ts";
import { SettingsError } from "../../../src/settings/settings.ts";
import { FolderInUseError } from "../../engine/folder-lock.ts";
import { StateError } from "../../state-file.ts";
import { type Bot, botOf } from "../hello/bot.ts";
import { Mistake } from "../mistake.ts";
import { lookForGuard, whyNotBeside } from "../operations/deployed.ts";
import type { Place } from "../operations/place.ts";
import { SLACK_NEEDED, type SlackHere, slackAdvice } from "../slack-here.ts";
import { DEPLOYMENTS, seeWhatIsSeen } from "./sight.ts";
import { sightLines } from "./words.ts";

/** Thrown if it does not begin to watch; the message says why, and what to do. */
export class NotWatchingError extends Mistake {
  override readonly name = "NotWatchingError";
}

/** Says what it may see in a place, and what not; returns what it may not see, in words. @throws NotWatchingError where a guard is deployed, or may be, or where it may see no deployment */
export async function sayWhatIsSeen(
  place: Place,
  { alone, environment, say }: { alone: boolean; environment: NodeJS.ProcessEnv; say(text: string): void },
): Promise<string[]> {
  const deployed = await lookForGuard(environment);
  const beside = whyNotBeside(deployed, alone, words.BESIDE.insteadOfWatching);
  if (beside !== undefined && typeof deployed.isThere === "boolean") throw new NotWatchingError(beside);
  const seen = await seeWhatIsSeen({ equip: place.follow }, place.metrics, place.now());
  say(sightLines(seen, deployed, place.identity?.caller).join("\n"));
  // Not earlier: whoever asks for one permission hears of the others, too.
  if (beside !== undefined) throw new NotWatchingError(beside);
  if (seen.some(({ permission, refusal }) => permission === DEPLOYMENTS && refusal !== undefined))
    throw new NotWatchingError(words.NOT_WATCHING.nothingToSee);
  return seen.filter((it) => it.isDenied).map((it) => it.sees);
}

/** The bot that tells; undefined while Slack does not answer. @throws NotWatchingError if Slack refuses the token */
export async function botOfToken(slackAt: SlackHere, say: (text: string) => void): Promise<Bot | undefined> {
  try {
    return await botOf(await slackAt.token(), slackAt.apiUrl);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    if (error.kind === "settings") throw new NotWatchingError(slackAdvice(error, undefined, slackAt));
    say(words.WATCHING.waits(error.message));
    return undefined;
  }
}

/** Describes a mistake that a person can correct, or why it does not begin; undefined for any other error. */
export function mistakeIn(error: unknown): string | undefined {
  if (error instanceof Mistake || error instanceof StateError || error instanceof SettingsFileError) return error.message;
  if (error instanceof FolderInUseError) return words.NOT_WATCHING.inUse(error.holder, inTerminal);
  if (error instanceof SettingsError) return words.NOT_WATCHING.slackSettings(error.problems, SLACK_NEEDED);
  return undefined;
}
