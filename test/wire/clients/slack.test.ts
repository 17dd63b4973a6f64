import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import { SlackError } from "../../../src/clients/slack/failure.ts";
import { createSlack } from "../../../src/clients/slack/slack.ts";
import { header, type Message, message, section } from "../../../src/messages/slack/message.ts";
import { startSlack } from "../../support/lab/server.ts";

const TOKEN = "xoxb-lab-token";
const channel = "C0BLUEGREEN";
const words = (text: string): Message => message("info", text, header(text), [section(`${text}, below`)]);

async function start({ token = TOKEN, ...options }: { timeoutMs?: number; token?: string; channel?: string } = {}) {
  const { slack, url } = await startSlack({ token: TOKEN });
  return { url, lab: slack, client: createSlack({ token: async () => token, channel, apiUrl: `${url}/slack/api/`, ...options }) };
}

async function failure(call: Promise<unknown>): Promise<SlackError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SlackError)) throw new Error(`No SlackError but ${inspect(error)}`);
  return error;
}

describe("the Slack client", () => {
  it("posts to the guard's channel: heading, coloured attachment and the text for notifications", async () => {
    const { client, lab } = await start();
    const posted = await client.post(words("Degraded"));
    expect(posted).toEqual({ channel, ts: lab.messages[0]?.ts, inThread: false });
    expect(lab.messages).toMatchObject([{ text: "Degraded", attachments: [{ color: "#5b7083", fallback: "Degraded" }] }]);
    expect(lab.messages.map(messageText)).toEqual(["Degraded\nDegraded, below"]);
    expect(lab.calls).toMatchObject([{ method: "chat.postMessage", arguments: { unfurl_links: "false", unfurl_media: "false" } }]);
  });

  it("replies in a thread, and shows the reply in the channel where that is asked for", async () => {
    const { client, lab } = await start();
    const { ts } = await client.post(words("card"));
    expect(await client.post(words("quiet"), { ts, broadcast: false })).toMatchObject({ inThread: true });
    expect(await client.post(words("loud"), { ts, broadcast: true })).toMatchObject({ inThread: true });
    expect(lab.messages.map(({ threadTs }) => threadTs)).toEqual([undefined, ts, ts]);
    expect(lab.calls.map(({ arguments: { reply_broadcast } }) => reply_broadcast)).toEqual([undefined, undefined, "true"]);
  });

  it("says that a reply stands in the channel where the message it replied to was deleted", async () => {
    const { client, lab } = await start();
    const { ts } = await client.post(words("card"));
    lab.deleteMessage(channel, ts);
    expect(await client.post(words("entry"), { ts, broadcast: true })).toMatchObject({ channel, inThread: false });
  });

  it("changes a message in place", async () => {
    const { client, lab } = await start();
    const posted = await client.post(words("before"));
    await client.update(posted, words("after"));
    expect(lab.messages.map(messageText)).toEqual(["after\nafter, below"]);
    expect(lab.calls[1]).toMatchObject({ method: "chat.update", arguments: { channel, ts: posted.ts, parse: "none" } });
    expect(lab.calls[1]?.arguments).not.toHaveProperty("inThread");
  });

  it("asks once and leaves repeating to whoever called", async () => {
    const { client, lab } = await start();
    lab.faults.next({ kind: "http", status: 503 }, { times: 5 });
    await failure(client.post(words("a")));
    expect(lab.calls).toHaveLength(1);
  });
});

describe("what may heal is tried again later:", () => {
  it("a rate limit, with the seconds that Slack asks for", async () => {
    const { client, lab } = await start();
    lab.faults.next({ kind: "rate-limited", retryAfterSeconds: 30 });
    expect(await failure(client.post(words("a")))).toMatchObject({
      kind: "later",
      retryAfterSeconds: 30,
      message: "Slack limits chat.postMessage: try again in 30 s.",
    });
  });

  it.each([
    ["a rate limit without a time", { kind: "rate-limited" }, /chat\.postMessage/],
    ["a rate limit in Slack's other form", { kind: "error", error: "ratelimited" }, /ratelimited/],
    ["Slack's own failure", { kind: "error", error: "internal_error" }, /internal_error/],
    // Source: Slack, "Errors": the workspace moves to Enterprise Grid, and "will not be available until migration is complete".
    ["a workspace that moves into an organisation", { kind: "error", error: "org_login_required" }, /org_login_required/],
    ["an error that is new to the guard", { kind: "error", error: "never_heard_of" }, /never_heard_of/],
    ["a server's failure", { kind: "http", status: 502 }, /HTTP 502/],
    ["a page in place of an answer", { kind: "http", status: 200 }, /with what is no JSON/],
    ["no answer in time", { kind: "hang" }, /did not answer .*(timeout|aborted)/i],
    ["a broken connection", { kind: "reset" }, /did not answer .*(ECONNRESET|closed|socket)/i],
  ] as const)("%s", async (_, fault, text) => {
    const { client, lab } = await start({ timeoutMs: fault.kind === "hang" ? 60 : 5_000 });
    lab.faults.next(fault);
    const error = await failure(client.post(words("a")));
    expect(error).toMatchObject({ kind: "later", retryAfterSeconds: undefined, ofAddress: text.test("never_heard_of") });
    expect(error.message).toMatch(text);
    expect(error.message).toMatch(/tried again/);
  });
});

describe("what a setting has to heal says which one:", () => {
  it.each([
    ["invalid_auth", "Correct the bot token in the Slack secret"],
    ["token_revoked", "Correct the bot token in the Slack secret"],
    ["missing_scope", "Add the scope under OAuth & Permissions of the Slack app (chat:write)"],
    ["channel_not_found", "Correct the setting for the Slack channel: an id such as C0123456789"],
    ["not_in_channel", "Invite the bot to the channel: /invite @<bot>."],
    ["is_archived", "The channel is archived: set another Slack channel."],
    ["no_permission", "Invite the bot to the channel: /invite @<bot>."],
    ["not_allowed_token_type", "Correct the bot token in the Slack secret"],
    ["two_factor_setup_required", "The person who installed the app has to set up two-factor authentication in Slack."],
    ["enterprise_is_restricted", "A workspace administrator has to allow the app in this workspace."],
    ["accesslimited", "A workspace administrator has to allow the app in this workspace."],
    ["access_denied", "A workspace administrator has to allow the app in this workspace."],
    ["restricted_action_read_only_channel", "A workspace administrator has to allow the app to post in this channel."],
    ["restricted_action_thread_only_channel", "A workspace administrator has to allow the app to post in this channel."],
    ["restricted_action_non_threadable_channel", "A workspace administrator has to allow the app to post in this channel."],
    ["restricted_action_thread_locked", "A workspace administrator has to allow the app to post in this channel."],
    ["channel_is_limited_access", "A workspace administrator has to allow the app to post in this channel."],
  ])("%s", async (error, text) => {
    const { client, lab } = await start();
    lab.faults.next({ kind: "error", error });
    expect(await failure(client.post(words("a")))).toMatchObject({
      kind: "settings",
      message: expect.stringMatching(new RegExp(`^Slack refused chat.postMessage: ${error}\\. `)),
    });
    lab.faults.next({ kind: "error", error });
    expect((await failure(client.post(words("a")))).message).toContain(text);
  });

  it("a scope that Slack names as needed is the one to add", async () => {
    const { client, lab } = await start();
    const more = { needed: "chat:write.public", provided: "chat:write,commands" };
    lab.faults.next({ kind: "error", error: "missing_scope", ...more });
    expect((await failure(client.post(words("a")))).message).toContain(
      "Add the scope under OAuth & Permissions of the Slack app (chat:write.public)",
    );
  });

  it("a wrong token, a wrong channel, an archived one, and one that the bot is not in, as Slack itself finds them", async () => {
    const { client, lab } = await start();
    const refused = async (call: Promise<unknown>) => (await failure(call)).message.split(" ")[3];
    expect(await refused((await start({ token: "xoxb-wrong" })).client.post(words("a")))).toBe("invalid_auth.");
    expect(await refused((await start({ channel: "C0WRONG" })).client.post(words("a")))).toBe("channel_not_found.");
    const [only] = lab.channels;
    if (only) only.member = false;
    expect(await refused(client.post(words("a")))).toBe("not_in_channel.");
    if (only) only.archived = true;
    expect(await refused(client.post(words("a")))).toBe("is_archived.");
  });
});

describe("a token that was rotated", () => {
  function tokens(...all: string[]) {
    const read: boolean[] = [];
    const token = async (anew = false) => all[Math.min(read.push(anew), all.length) - 1] ?? "";
    return { read, token };
  }

  it.each(["invalid_auth", "token_revoked", "token_expired", "account_inactive"])(
    "is read anew once Slack says %s of it",
    async (error) => {
      const { lab, url } = await start();
      const { read, token } = tokens("xoxb-old", TOKEN);
      const client = createSlack({ token, channel, apiUrl: `${url}/slack/api/` });
      lab.faults.next({ kind: "error", error });
      await client.post(words("a"));
      expect([read, lab.messages.length]).toEqual([[false, true], 1]);
    },
  );

  it("is not tried a third time, and where no other has taken its place not a second time", async () => {
    const { lab, url } = await start();
    for (const [all, calls] of [
      [["xoxb-old", "xoxb-older", TOKEN], 2],
      [["xoxb-old", "xoxb-old"], 3],
    ] as const) {
      const client = createSlack({ token: tokens(...all).token, channel, apiUrl: `${url}/slack/api/` });
      expect(await failure(client.post(words("a")))).toMatchObject({ kind: "settings", message: expect.stringContaining("invalid_auth") });
      expect(lab.calls).toHaveLength(calls);
    }
  });
});

it("a message that a person deleted is gone, and the caller may post it anew", async () => {
  const { client, lab } = await start();
  const posted = await client.post(words("a"));
  lab.deleteMessage(channel, posted.ts);
  const error = await failure(client.update(posted, words("b")));
  expect(error).toMatchObject({ kind: "gone", message: expect.stringContaining("message_not_found") });
});

it("a message that Slack cannot show is the guard's own fault, and says which part", async () => {
  const { client } = await start();
  const broken = { ...words("a"), blocks: [{ type: "header" as const, text: { type: "plain_text" as const, text: "" } }] };
  const error = await failure(client.post(broken));
  expect(error.kind).toBe("ours");
  expect(error.message).toMatch(/invalid_blocks\..*\/blocks\/0\/text\/text.* Please report this\.$/);
});

it("no error shows the token, however deep one looks", async () => {
  const { client, lab } = await start({ timeoutMs: 60 });
  lab.faults.next({ kind: "rate-limited", retryAfterSeconds: 1 });
  lab.faults.next({ kind: "rate-limited" });
  lab.faults.next({ kind: "error", error: "invalid_auth" });
  lab.faults.next({ kind: "http", status: 500 });
  lab.faults.next({ kind: "hang" });
  lab.faults.next({ kind: "reset" });
  for (let call = 0; call < 6; call += 1) {
    const error = await failure(client.post(words("a")));
    expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain(TOKEN);
  }
});
