import type { Slack } from "../../../src/clients/slack/slack.ts";
import { utcTime } from "../../../src/deployments/time-words.ts";
import * as words from "../../../src/messages/language.ts";
import { unescaped } from "../../../src/messages/slack/mrkdwn.ts";

/** The same Slack, and the terminal hears of each message that it takes. */
export function sayingSlack(slack: Slack, say: (text: string) => void, now: () => number): Slack {
  const told = (verb: string, text: string) => say(`${timeOf(now())}  ${verb}: ${unescaped(text)}`);
  return {
    ...slack,
    async post(message, thread, channel) {
      const posted = await slack.post(message, thread, channel);
      told(thread ? words.WATCHING.told.replied : words.WATCHING.told.posted, message.text);
      return posted;
    },
    async update(at, message) {
      await slack.update(at, message);
      told(words.WATCHING.told.changed, message.text);
    },
  };
}

/** Says what looks could not see or tell: once while it stays the same, and when it is over. */
export function createProblems(say: (text: string) => void, now: () => number, once = false): (problems: readonly string[]) => void {
  let before = "";
  return (all) => {
    const text = all.map((it) => `  ${it}`).join("\n");
    if (text === before) return;
    before = text;
    const { seesAll, problems } = words.WATCHING;
    say(`${timeOf(now())}  ${text === "" ? seesAll : `${problems(once)}\n${text}`}`);
  };
}

const timeOf = (now: number): string => utcTime(new Date(now).toISOString());
