import type { OwnSlack, Posted } from "../../clients/slack/slack.ts";
import { TRIAL } from "../../messages/slack/trial.ts";
import type { Ask } from "./asking.ts";

/** What is asked of Slack in the channel, as a phrase. */
export const IN_CHANNEL = "Slack's chat.postMessage, a reply in the thread, chat.update and chat.delete in the channel";

/** Posts a message, replies to it, changes it and deletes both, whatever fails meanwhile; says where. @throws SlackError */
export async function tryChannel(slack: OwnSlack): Promise<string> {
  const posted = await slack.post(TRIAL);
  const all: Posted[] = [posted];
  try {
    all.unshift(await slack.post(TRIAL, { ts: posted.ts, broadcast: false }));
    await slack.update(posted, TRIAL);
  } finally {
    for (const at of all) await slack.remove(at);
  }
  return `posted, replied, changed and deleted in ${posted.channel}`;
}

/** The one call of a self-test that people see; asked only where a person allows it. */
export const channelAsks = (slack: OwnSlack): Ask[] => [{ what: IN_CHANNEL, ask: () => tryChannel(slack) }];
