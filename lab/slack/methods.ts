import type { Clock } from "../../local/clock.ts";
import { newContent, readContent } from "./content.ts";
import type { Json, LabMessage, MessageStore } from "./messages.ts";
import { type LabInstallation, TEAM } from "./people.ts";
import { SlackRefusal } from "./refusal.ts";

/** A channel of the lab's Slack; it may be changed while the lab runs. The app is a member unless `member` is false. */
export interface LabChannel {
  readonly id: string;
  readonly name: string;
  archived?: boolean;
  member?: boolean;
}

/** The state that the methods work on. */
export interface Workspace {
  readonly clock: Clock;
  readonly channels: readonly LabChannel[];
  /** The members of user groups, by the group's id. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly store: MessageStore;
  /** Where the app is installed, as auth.test answers. */
  readonly installed: LabInstallation;
  /** Refuses a second chat.postMessage within a second of lab time in a channel. */
  readonly enforcePace: boolean;
}

/** A Web API method: arguments to the answer's body; throws SlackRefusal. */
export type Method = (args: Json, workspace: Workspace) => Json;

/** The app as Slack knows it. */
const APP = { team: "Lab", user: "bluegreen_guard", user_id: "U0GUARD", bot_id: "B0GUARD" };

/** Longest text in characters: documented for chat.postMessage; seen with chat.update (seratch/ChatGPT-in-Slack issue 102). */
const LONGEST_POST = 40_000;
const LONGEST_UPDATE = 4_000;

/** All methods that the lab's Slack knows. */
export const METHODS: Readonly<Record<string, Method>> = {
  "api.test": (args) => ({ ok: true, args }),
  "auth.test": (_, { installed }) => ({ ok: true, url: "https://lab.slack.com/", ...APP, ...installed }),
  "chat.postMessage": postMessage,
  "chat.update": update,
  "chat.delete": remove,
  "conversations.info": info,
  "usergroups.users.list": members,
};

function postMessage(args: Json, workspace: Workspace): Json {
  const { channels, store } = workspace;
  const content = newContent(readContent(args, LONGEST_POST));
  const channel = channels.find(({ id, name }) => id === args.channel || `#${name}` === args.channel);
  if (!channel) throw new SlackRefusal("channel_not_found");
  if (channel.archived) throw new SlackRefusal("is_archived");
  if (channel.member === false) throw new SlackRefusal("not_in_channel");
  if (workspace.enforcePace) checkPace(channel, workspace);
  const threadTs = threadOf(channel, args.thread_ts, store);
  // A form carries it as text, JSON as a boolean.
  const broadcast = String(args.reply_broadcast) === "true";
  const thread = threadTs && { threadTs, ...(broadcast && { broadcast }) };
  const message = store.post({ ...content, channel: channel.id, channelName: channel.name, ...thread, author: "app" });
  return { ok: true, channel: channel.id, ts: message.ts, message: wireMessage(message) };
}

/**
 * The thread that a reply lands in. Slack does not refuse a reply to a message that is gone: it posts it to the channel, and only
 * the missing `thread_ts` in the answer says so (slack-go/slack issue 1571, slackapi/python-slack-events-api issue 87).
 */
function threadOf(channel: LabChannel, ts: unknown, store: MessageStore): string | undefined {
  const parent = store.find(channel.id, ts);
  return parent?.threadTs ?? parent?.ts;
}

function checkPace(channel: LabChannel, { store, clock }: Workspace): void {
  const since = clock.now() - 1000;
  const recent = store.all.some((message) => message.channel === channel.id && message.author === "app" && message.postedAt > since);
  if (recent) throw new SlackRefusal("ratelimited", { retryAfterSeconds: 1 });
}

/** Blocks are kept only if neither text nor blocks are given, attachments only if none are given; source: docs.slack.dev, chat.update. */
function update(args: Json, workspace: Workspace): Json {
  const given = readContent(args, LONGEST_UPDATE);
  const message = ownMessage(args, workspace, "cant_update_message");
  const { text = "", blocks = given.text === undefined ? message.blocks : [], attachments = message.attachments } = given;
  const updated = workspace.store.update(message, { text, blocks, attachments: attachments?.length ? attachments : undefined });
  return { ok: true, channel: updated.channel, ts: updated.ts, text: updated.text, message: wireMessage(updated) };
}

function remove(args: Json, workspace: Workspace): Json {
  const { channel, ts } = workspace.store.delete(ownMessage(args, workspace, "cant_delete_message"));
  return { ok: true, channel, ts };
}

function ownMessage(args: Json, { channels, store }: Workspace, notOwn: string): LabMessage {
  const channel = channels.find(({ id }) => id === args.channel);
  if (!channel) throw new SlackRefusal("channel_not_found");
  if (channel.archived) throw new SlackRefusal("is_inactive");
  const message = store.find(channel.id, args.ts);
  if (!message) throw new SlackRefusal("message_not_found");
  if (message.author !== "app") throw new SlackRefusal(notOwn);
  return message;
}

function info(args: Json, { channels }: Workspace): Json {
  const channel = channels.find(({ id }) => id === args.channel);
  if (!channel) throw new SlackRefusal("channel_not_found");
  const { id, name, archived = false, member = true } = channel;
  const kind = { is_channel: true, is_group: false, is_im: false, is_private: false };
  return { ok: true, channel: { id, name, ...kind, is_archived: archived, is_member: member } };
}

function members(args: Json, { groups }: Workspace): Json {
  const group = String(args.usergroup);
  const users = Object.hasOwn(groups, group) && groups[group];
  if (!users) throw new SlackRefusal("no_such_subteam");
  return { ok: true, users };
}

function wireMessage({ ts, threadTs, text, blocks, attachments, edits }: LabMessage): Json {
  const { bot_id, user_id: user } = APP;
  return {
    type: "message",
    user,
    bot_id,
    team: TEAM.id,
    ts,
    text,
    ...(threadTs && { thread_ts: threadTs }),
    ...(blocks.length > 0 && { blocks }),
    ...(attachments && { attachments }),
    ...(edits.length > 0 && { edited: { user, ts } }),
  };
}
