import * as v from "valibot";
import type { Person } from "../deployments/person.ts";
import { ACTIONS, type ActionId } from "../messages/slack/buttons.ts";
import type { Origin } from "./origin.ts";

/** A person in Slack. */
export interface Actor extends Person {
  /** U… or W…: decides what the person may do. */
  id: string;
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

const id = v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9]{1,30}$/));

const COMMAND = v.object({
  command: v.string(),
  text: v.optional(v.string(), ""),
  user_id: id,
  user_name: v.optional(v.string(), ""),
  team_id: id,
  enterprise_id: v.optional(id),
  channel_id: id,
  response_url: v.pipe(v.string(), v.url()),
});

const PRESS = v.object({
  type: v.literal("block_actions"),
  user: v.object({ id, username: v.nullish(v.string()), team_id: v.nullish(id) }),
  // Null where the app is installed for a whole organisation. Source: Slack, "block_actions payload".
  team: v.nullish(v.object({ id, enterprise_id: v.nullish(id) })),
  enterprise: v.nullish(v.object({ id })),
  channel: v.object({ id }),
  container: v.object({ message_ts: v.string() }),
  response_url: v.pipe(v.string(), v.url()),
  actions: v.pipe(v.array(v.object({ action_id: v.picklist(ACTIONS), value: v.optional(v.string(), "") })), v.length(1)),
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
  const read = v.safeParse(COMMAND, form);
  if (!read.success) return undefined;
  const { text, user_id, user_name, team_id: workspace, enterprise_id: organisation, channel_id: channel, response_url } = read.output;
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
  const read = v.safeParse(PRESS, parsed(payload));
  const action = read.success ? read.output.actions[0] : undefined;
  if (!read.success || !action) return undefined;
  const { user, channel, container, response_url: responseUrl } = read.output;
  return {
    kind: "press",
    actor: actorOf(user.id, user.username ?? ""),
    origin: originOf(read.output),
    channel: channel.id,
    responseUrl,
    action: action.action_id,
    value: action.value,
    message: container.message_ts,
  };
}

function originOf({ team, enterprise, user }: v.InferOutput<typeof PRESS>): Origin {
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

const actorOf = (id: string, name: string): Actor => ({ id, name: name === "" ? id : name.slice(0, 80) });
