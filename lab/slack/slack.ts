import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import type { Clock } from "../../local/clock.ts";
import { type CallArguments, readArguments } from "./arguments.ts";
import { faultAnswer, type LabAnswer, RESPONSE_URL, SlackFaults } from "./faults.ts";
import { type Json, type LabMessage, type MessageChange, MessageStore } from "./messages.ts";
import { type LabChannel, METHODS, type Workspace } from "./methods.ts";
import { GROUPS, type LabInstallation, TEAM } from "./people.ts";
import { SlackRefusal } from "./refusal.ts";
import { type Entrance, Sending } from "./sending.ts";

/** A Web API call and its response, always without the token. `at` is lab time in milliseconds since 1970. */
export interface LabCall {
  readonly at: number;
  readonly method: string;
  readonly arguments: Json;
  readonly answer: LabAnswer;
}

/** Settings of the lab's Slack. */
export interface LabSlackOptions {
  clock: Clock;
  /** The only token that is accepted; any if left out. */
  token?: string;
  /** If left out, one channel: `#blue-green` with id `C0BLUEGREEN`. */
  channels?: LabChannel[];
  /** Refuses a second chat.postMessage to a channel within a second of lab time, with 429 and Retry-After 1; off if left out. */
  enforcePace?: boolean;
  /** Where commands and presses are sent; nowhere if left out. */
  entrance?: Entrance;
}

/** A make-believe Slack: its Web API, the messages in its channels, and what people and bad luck do to it. */
export interface LabSlack {
  /**
   * Answers `POST /slack/api/<method>`. Behind @hono/node-server `env` is its second argument; without it a reset is a rejection.
   */
  fetch(request: Request, env?: Partial<HttpBindings>): Promise<Response>;
  /** Every message that everybody sees, in every channel, as it stands now, in posting order, deleted ones included. */
  readonly messages: readonly LabMessage[];
  /** Every call, accepted or refused, in the order of the answers. */
  readonly calls: readonly LabCall[];
  readonly channels: readonly LabChannel[];
  /** The scopes of the app's token, which every answer names. */
  readonly scopes: Set<string>;
  /** The members of user groups, by the group's id; people come and go while the lab runs. */
  readonly groups: Record<string, string[]>;
  /** Where the app is installed; another installation may take its place while the lab runs. */
  readonly installed: LabInstallation;
  readonly faults: SlackFaults;
  /** Calls `listener` for every change of a message until the returned function is called. */
  onMessage(listener: (change: MessageChange) => void): () => void;
  /** What people type and press goes to the app, or nowhere without an entrance. */
  readonly sending: Pick<Sending, "command" | "press" | "address">;
  /** Messages that only one person sees, in posting order. */
  readonly ephemeral: readonly LabMessage[];
  /** Posts as a person would, immediately and without limits; throws an Error for an unknown channel. */
  say(channel: string, text: string, threadTs?: string): LabMessage;
  /** Deletes as a person would; throws an Error if there is no such message. */
  deleteMessage(channel: string, ts: string): void;
}

const NOWHERE: Entrance = { requestUrl: () => undefined, ownUrl: () => "", signingSecret: "" };

type Env = { Bindings: Partial<HttpBindings> };

/** The default channel of the lab, and those that the setting `channels` names. */
export function channelsOf(routes: readonly string[] = []): LabChannel[] {
  const byDefault = { id: "C0BLUEGREEN", name: "blue-green" };
  const ids = new Set(routes.flatMap((it) => it.split("=")[1] ?? []));
  ids.delete(byDefault.id);
  return [byDefault, ...[...ids].map((id) => ({ id, name: id.toLowerCase() }))];
}

/** Creates a Slack with empty channels; opens no port. */
export function createLabSlack(options: LabSlackOptions): LabSlack {
  const { clock, channels = channelsOf(), enforcePace = false, entrance = NOWHERE } = options;
  const store = new MessageStore(clock);
  const faults = new SlackFaults();
  const calls: LabCall[] = [];
  const groups: Record<string, string[]> = Object.fromEntries(Object.entries(GROUPS).map(([id, users]) => [id, [...users]]));
  const installed: LabInstallation = { team_id: TEAM.id, is_enterprise_install: false };
  const sending = new Sending(entrance, store, { channels, installed });
  const workspace: Workspace = { clock, channels, groups, store, installed, enforcePace };

  const scopes = new Set(["chat:write", "commands", "usergroups:read"]);

  const app = new Hono<Env>();
  app.onError((error) => {
    throw error;
  });
  app.post("/slack/api/:method", async (c) => {
    const method = c.req.param("method");
    const read = await readArguments(c.req.raw).catch(refusalOnly);
    const answer = answerCall(method, read, { workspace, faults, token: options.token });
    calls.push({ at: clock.now(), method, arguments: read instanceof SlackRefusal ? {} : read.arguments, answer });
    return send(answer, c.req.raw, c.env?.incoming, scopes);
  });
  app.post("/slack/respond/:token", async (c) => {
    const fault = faults.take(RESPONSE_URL, clock.now());
    return fault ? send(faultAnswer(fault), c.req.raw, c.env?.incoming) : sending.respond(c.req.param("token"), c.req.raw);
  });

  return {
    sending,
    fetch: async (request, env = {}) => app.fetch(request, env),
    get messages() {
      return store.all.filter(({ onlyFor }) => onlyFor === undefined);
    },
    get ephemeral() {
      return store.all.filter(({ onlyFor }) => onlyFor !== undefined);
    },
    calls,
    channels,
    scopes,
    groups,
    installed,
    faults,
    onMessage: (listener) => store.onChange(listener),
    say(id, text, threadTs) {
      const channel = channels.find((each) => each.id === id);
      if (!channel) throw new Error(`The lab's Slack has no channel "${id}"; it has ${channels.map((each) => each.id).join(", ")}.`);
      const thread = threadTs === undefined ? {} : { threadTs };
      return store.post({ text, blocks: [], channel: id, channelName: channel.name, ...thread, author: "person" });
    },
    deleteMessage(channel, ts) {
      const message = store.find(channel, ts);
      if (!message) throw new Error(`The lab's Slack has no message ${ts} in ${channel}, or it is deleted already.`);
      store.delete(message);
    },
  };
}

interface Surroundings {
  workspace: Workspace;
  faults: SlackFaults;
  token: string | undefined;
}

function answerCall(method: string, read: CallArguments | SlackRefusal, { workspace, faults, token }: Surroundings): LabAnswer {
  const fault = faults.take(method, workspace.clock.now(), read instanceof SlackRefusal ? {} : read.arguments);
  if (fault && !("accepted" in fault && fault.accepted)) return faultAnswer(fault);
  const accepted = refusedOr(() => {
    const run = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
    if (!run) throw new SlackRefusal("unknown_method");
    if (read instanceof SlackRefusal) throw read;
    if (method !== "api.test" && !read.token) throw new SlackRefusal("not_authed");
    if (method !== "api.test" && token !== undefined && read.token !== token) throw new SlackRefusal("invalid_auth");
    return run(read.arguments, workspace);
  });
  return fault ? faultAnswer(fault, accepted) : accepted;
}

function refusedOr(run: () => Json): LabAnswer {
  try {
    return { status: 200, body: run() };
  } catch (error) {
    const refusal = refusalOnly(error);
    const { retryAfterSeconds } = refusal;
    return retryAfterSeconds === undefined
      ? { status: 200, body: refusal.body() }
      : { status: 429, retryAfterSeconds, body: refusal.body() };
  }
}

function refusalOnly(error: unknown): SlackRefusal {
  if (error instanceof SlackRefusal) return error;
  throw error;
}

async function send(
  answer: LabAnswer,
  request: Request,
  incoming: HttpBindings["incoming"] | undefined,
  scopes: ReadonlySet<string> = new Set(),
): Promise<Response> {
  const { status, body, retryAfterSeconds } = answer;
  if (status === "hang") return neverAnswered(request);
  if (status === "reset") {
    if (!incoming) throw new Error("The lab's Slack reset the connection.");
    incoming.socket.resetAndDestroy();
    return RESPONSE_ALREADY_SENT;
  }
  const headers = {
    ...(scopes.size > 0 && { "x-oauth-scopes": [...scopes].join(",") }),
    ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
  };
  return body ? Response.json(body, { status, headers }) : new Response("<html>Server Error</html>", { status, headers });
}

function neverAnswered(request: Request): Promise<Response> {
  return new Promise((resolve) => {
    request.signal.addEventListener("abort", () => resolve(RESPONSE_ALREADY_SENT), { once: true });
  });
}
