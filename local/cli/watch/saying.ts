import type { Slack } from "../../../src/clients/slack/slack.ts";
import { utcTime } from "../../../src/deployments/time-words.ts";
import { unescaped } from "../../../src/messages/slack/mrkdwn.ts";

/** The same Slack, and the terminal hears of each message that it takes. */
export function sayingSlack(slack: Slack, say: (text: string) => void, now: () => number): Slack {
  const told = (verb: string, text: string) => say(`${timeOf(now())}  ${verb}: ${unescaped(text)}`);
  return {
    ...slack,
    async post(message, thread, channel) {
      const posted = await slack.post(message, thread, channel);
      told(thread ? "Told in a thread" : "Told in the channel", message.text);
      return posted;
    },
    async update(at, message) {
      await slack.update(at, message);
      told("Changed", message.text);
    },
  };
}

/** Says what looks could not see or tell: once while it stays the same, and when it is over. */
export function createProblems(say: (text: string) => void, now: () => number, once = false): (problems: readonly string[]) => void {
  const again = once ? "" : ", and tries again at each look";
  let before = "";
  return (problems) => {
    const text = problems.map((it) => `  ${it}`).join("\n");
    if (text === before) return;
    before = text;
    const words = text === "" ? "It sees and tells everything again." : `It could not see or tell everything${again}:\n${text}`;
    say(`${timeOf(now())}  ${words}`);
  };
}

const timeOf = (now: number): string => utcTime(new Date(now).toISOString());
