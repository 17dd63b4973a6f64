import * as z from "zod/mini";
import { ACTIONS, type ActionId } from "../messages/buttons.ts";
import type { Origin } from "./origin.ts";

/** A person in Slack. */
export interface Actor {
  /** U… or W…: decides what the person may do. */
  id: string;
  /** The name and the id, for records and log lines. */
  name: string;
}

interface FromSlack {
  actor: Actor;
  origin: Origin;
  channel: string;
  /** Lets anybody answer: must never be in a log or an error. */
  responseUrl: string;
}

/** A slash command as somebody typed it. */
export interface TypedCommand extends FromSlack {
  kind: "command";
  text: string;
}

/** A button that somebody pressed. */
export interface Press extends FromSlack {
  kind: "press";
  action: ActionId;
  value: string;
  /** The ts of the message with the button. */
  message: string;
}

const id = z.string().check(z.regex(/^[A-Z][A-Z0-9]{1,30}$/));

const COMMAND = z.object({
  command: z.string(),
  text: z._default(z.string(), ""),
  user_id: id,
  user_name: z._default(z.string(), ""),
  team_id: id,
  enterprise_id: z.optional(id),
  channel_id: id,
  response_url: z.url(),
});

const PRESS = z.object({
  type: z.literal("block_actions"),
  user: z.object({ id, username: z.nullish(z.string()), team_id: z.nullish(id) }),
  // Null where the app is installed for a whole organisation. Source: Slack, "block_actions payload".
  team: z.nullish(z.object({ id, enterprise_id: z.nullish(id) })),
  enterprise: z.nullish(z.object({ id })),
  channel: z.object({ id }),
  container: z.object({ message_ts: z.string() }),
  response_url: z.url(),
  actions: z.array(z.object({ action_id: z.enum(ACTIONS), value: z._default(z.string(), "") })).check(z.length(1)),
});

/**
 * Reads the form that Slack sent: a command or the press of a button; undefined if it is neither.
 *
 * Source: Slack, "Slash commands" and "block_actions payload".
 */
export function readSlackRequest(body: string): TypedCommand | Press | undefined {
  const form = new URLSearchParams(body);
  const payload = form.get("payload");
  return payload === null ? readCommand(Object.fromEntries(form)) : readPress(payload);
}

function readCommand(form: Record<string, string>): TypedCommand | undefined {
  const { data } = COMMAND.safeParse(form);
  if (!data) return undefined;
  const { text, user_id, user_name, team_id: workspace, enterprise_id: organisation, channel_id: channel, response_url } = data;
  return {
    kind: "command",
    actor: actorOf(user_id, user_name),
    origin: { workspace, organisation },
    channel,
    responseUrl: response_url,
    text,
  };
}

function readPress(payload: string): Press | undefined {
  const { data } = PRESS.safeParse(parsed(payload));
  const action = data?.actions[0];
  if (!data || !action) return undefined;
  const { user, channel, container, response_url: responseUrl } = data;
  return {
    kind: "press",
    actor: actorOf(user.id, user.username ?? ""),
    origin: originOf(data),
    channel: channel.id,
    responseUrl,
    action: action.action_id,
    value: action.value,
    message: container.message_ts,
  };
}

function originOf({ team, enterprise, user }: z.infer<typeof PRESS>): Origin {
  const home = user.team_id ?? undefined;
  // A press that names no workspace can only come from the person's own.
  return { workspace: team?.id ?? home, organisation: enterprise?.id ?? team?.enterprise_id ?? undefined, home };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const actorOf = (id: string, name: string): Actor => ({ id, name: name === "" ? id : `${name.slice(0, 80)} (${id})` });
