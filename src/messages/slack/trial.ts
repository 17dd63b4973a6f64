import * as words from "../language.ts";
import { slackForm } from "./form.ts";
import { header, message, section } from "./message.ts";

/** What a person's test posts in the channel, changes and deletes. */
export const TRIAL = message("good", words.TRIAL_TITLE, header(words.TRIAL_TITLE), [section(words.trialText(slackForm(false)))]);
