import type { ActionId } from "../../src/messages/slack/buttons.ts";
import type { LabMessage } from "../slack/messages.ts";
import { PEOPLE } from "../slack/people.ts";
import { buttonsOf } from "../slack/sending.ts";
import type { Stage } from "./story.ts";
import { pass } from "./team.ts";

/** People in the channel, in a story. */
export type Channel = Pick<Stage, "clock" | "slack" | "say">;

/** Somebody types a slash command. */
export async function type(channel: Channel, text: string, user = PEOPLE[0]?.id ?? ""): Promise<void> {
  channel.say(`${nameOf(user)} types ${text}.`);
  await channel.slack.sending.command(text, user);
}

/** Somebody presses the newest button of that name that they see, once there is one. */
export async function press(channel: Channel, action: ActionId, user = PEOPLE[0]?.id ?? ""): Promise<void> {
  const { slack, say } = channel;
  for (;;) {
    const seen = [...slack.messages, ...slack.ephemeral.filter(({ onlyFor }) => onlyFor === user)].filter(({ deleted }) => !deleted);
    const found = seen.findLast((message) => has(message, action));
    if (found) {
      const words = buttonsOf(found).find((it) => it.action_id === action)?.text as { text: string } | undefined;
      say(`${nameOf(user)} presses “${words?.text}”.`);
      await slack.sending.press(found.ts, action, user);
      return;
    }
    await pass(channel, 0.1);
  }
}

const has = (message: LabMessage, action: ActionId): boolean => buttonsOf(message).some((it) => it.action_id === action);

function nameOf(user: string): string {
  const name = PEOPLE.find(({ id }) => id === user)?.name ?? user;
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
