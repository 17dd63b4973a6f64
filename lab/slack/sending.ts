import { createHmac, randomBytes } from "node:crypto";
import { newContent, readContent } from "./content.ts";
import type { Json, LabMessage, MessageStore } from "./messages.ts";
import { type LabInstallation, type LabPerson, PEOPLE, TEAM } from "./people.ts";
import { SlackRefusal } from "./refusal.ts";

/** Where the lab's Slack sends commands and presses, and how it signs them. */
export interface Entrance {
  /** The URL of the app that takes them; undefined if no app is running. */
  requestUrl(): string | undefined;
  /** This Slack's own address, for response URLs. */
  ownUrl(): string;
  signingSecret: string;
}

/** The result of sending: the app's status, or why it did not answer. */
export type Sent = { status: number } | { failed: "dispatch_failed" | "operation_timeout" };

/** The message behind a response URL, and the answers it still allows. */
interface Address {
  user: string;
  channel: string;
  /** The message that `replace_original` replaces. */
  original?: string;
  usesLeft: number;
  /** Real time, since a person answers: milliseconds since 1970. */
  until: number;
}

const VALID_MS = 30 * 60_000;
const USES = 5;
const PATIENCE_MS = 3_000;
const LONGEST_TEXT = 40_000;

/** Sends the app what people type and press, and takes its answers. Source: Slack, "Slash commands" and "Handling user interaction". */
export class Sending {
  readonly #entrance: Entrance;
  readonly #store: MessageStore;
  readonly #channels: readonly { id: string; name: string }[];
  readonly #installed: LabInstallation;
  readonly #addresses = new Map<string, Address>();

  constructor(
    entrance: Entrance,
    store: MessageStore,
    { channels, installed }: { channels: readonly { id: string; name: string }[]; installed: LabInstallation },
  ) {
    this.#entrance = entrance;
    this.#store = store;
    this.#channels = channels;
    this.#installed = installed;
  }

  /** Somebody types a slash command. */
  async command(text: string, user = PEOPLE[0]?.id ?? "", channel = this.#channels[0]?.id ?? ""): Promise<Sent> {
    const person = personOf(user);
    const [command = "", ...words] = text.trim().split(/\s+/);
    const fields = {
      token: "legacy",
      team_id: TEAM.id,
      team_domain: TEAM.domain,
      ...(this.#installed.enterprise_id && { enterprise_id: this.#installed.enterprise_id }),
      channel_id: channel,
      channel_name: this.#nameOf(channel),
      user_id: person.id,
      user_name: person.name,
      command,
      text: words.join(" "),
      api_app_id: "A0GUARD",
      is_enterprise_install: String(this.#installed.is_enterprise_install),
      response_url: this.address({ user, channel }),
      trigger_id: `${Date.now()}.${randomBytes(8).toString("hex")}`,
    };
    return this.#send(new URLSearchParams(fields).toString(), user, channel, command);
  }

  /** Somebody presses a button of a message. @throws Error if that person sees no such button */
  async press(ts: string, actionId: string, user = PEOPLE[0]?.id ?? ""): Promise<Sent> {
    const message = this.#store.all.find((it) => it.ts === ts && !it.deleted && (it.onlyFor === undefined || it.onlyFor === user));
    const button = message && buttonsOf(message).find((it) => it.action_id === actionId);
    if (!message || !button) throw new Error(`There is no button ${actionId} on the message ${ts} for ${user}.`);
    const { channel } = message;
    const person = personOf(user);
    const { enterprise_id } = this.#installed;
    const payload = {
      type: "block_actions",
      user: { id: person.id, username: person.name, name: person.name, team_id: enterprise_id ?? TEAM.id },
      api_app_id: "A0GUARD",
      token: "legacy",
      container: { type: "message", message_ts: ts, channel_id: channel, is_ephemeral: message.onlyFor !== undefined },
      trigger_id: `${Date.now()}.${randomBytes(8).toString("hex")}`,
      ...placeOf(this.#installed),
      channel: { id: channel, name: this.#nameOf(channel) },
      response_url: this.address({ user, channel, original: ts }),
      actions: [{ ...button, block_id: "b", action_ts: ts }],
    };
    return this.#send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), user, channel, "The button");
  }

  /** Takes what the app posts to a response URL. */
  async respond(token: string, request: Request): Promise<Response> {
    const address = this.#addresses.get(token);
    if (!address || address.usesLeft === 0 || Date.now() > address.until) return new Response("expired_url", { status: 404 });
    address.usesLeft -= 1;
    try {
      this.#take(address, (await request.json()) as Json);
      return new Response("ok");
    } catch (error) {
      if (error instanceof SlackRefusal) return Response.json(error.body(), { status: 400 });
      throw error;
    }
  }

  #take(address: Address, answer: Json): void {
    const content = newContent(readContent(answer, LONGEST_TEXT));
    const original = answer.replace_original === true ? this.#store.find(address.channel, address.original) : undefined;
    if (original) {
      this.#store.update(original, content);
      return;
    }
    const isPrivate = answer.response_type !== "in_channel";
    this.#say(content, address, isPrivate);
  }

  #say(content: ReturnType<typeof newContent>, { user, channel }: Pick<Address, "user" | "channel">, isPrivate: boolean): void {
    const onlyFor = isPrivate ? { onlyFor: user } : {};
    this.#store.post({ ...content, channel, channelName: this.#nameOf(channel), author: "app", ...onlyFor });
  }

  async #send(body: string, user: string, channel: string, what: string): Promise<Sent> {
    const sent = await this.#post(body);
    const isGood = "status" in sent && sent.status === 200;
    const why = "failed" in sent ? sent.failed : "http_service_error";
    if (!isGood) this.#say({ text: `${what} failed with the error "${why}".`, blocks: [] }, { user, channel }, true);
    else if (sent.body.trim().startsWith("{")) this.#take({ user, channel, usesLeft: 1, until: 0 }, JSON.parse(sent.body) as Json);
    return "failed" in sent ? sent : { status: sent.status };
  }

  async #post(body: string): Promise<{ status: number; body: string } | { failed: "dispatch_failed" | "operation_timeout" }> {
    const url = this.#entrance.requestUrl();
    if (url === undefined) return { failed: "dispatch_failed" };
    const headers = signedHeaders(body, this.#entrance.signingSecret, Date.now());
    try {
      const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(PATIENCE_MS) });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      return { failed: error instanceof Error && error.name === "TimeoutError" ? "operation_timeout" : "dispatch_failed" };
    }
  }

  /** A response URL at which the app can answer somebody, for half an hour and five times. */
  address(given: Pick<Address, "user" | "channel" | "original">): string {
    const token = randomBytes(18).toString("hex");
    this.#addresses.set(token, { ...given, usesLeft: USES, until: Date.now() + VALID_MS });
    return `${this.#entrance.ownUrl()}/slack/respond/${token}`;
  }

  #nameOf(channel: string): string {
    return this.#channels.find(({ id }) => id === channel)?.name ?? "elsewhere";
  }
}

/** What Slack sends with a body at `now` (milliseconds since 1970). Source: Slack, "Verifying requests from Slack". */
export function signedHeaders(body: string | Uint8Array, secret: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000));
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest("hex");
  return {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${signature}`,
  };
}

/** All buttons of a message. */
export function buttonsOf({ blocks, attachments = [] }: Pick<LabMessage, "blocks" | "attachments">): Json[] {
  const all = [...blocks, ...attachments.flatMap((it) => (it.blocks as Json[] | undefined) ?? [])];
  return all.flatMap((block) => (block.type === "actions" ? (block.elements as Json[]) : [])).filter(({ type }) => type === "button");
}

/** Where a press comes from. Sources: Slack, "block_suggestion payload", `team`; slackapi/bolt-python, slack_bolt/request/internals.py. */
function placeOf({ enterprise_id, is_enterprise_install }: LabInstallation): Json {
  if (!enterprise_id) return { team: TEAM, enterprise: null, is_enterprise_install };
  const team = is_enterprise_install ? null : { ...TEAM, enterprise_id };
  return { team, enterprise: { id: enterprise_id, name: "Lab" }, is_enterprise_install };
}

function personOf(user: string): LabPerson {
  return PEOPLE.find(({ id }) => id === user) ?? { id: user, name: "stranger", role: "" };
}
