import { expect, test } from "vitest";
import type { MessageChange } from "../../../../lab/slack/messages.ts";
import { pass, START, startSlack } from "../../../support/lab/server.ts";

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
const channel = "C0BLUEGREEN";

/** The error code that WebClient reports for a refused call. */
function refused(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => "accepted",
    (error) => error.data?.error ?? error.code,
  );
}

test("a posted message stands in the channel with what was sent, and its ts holds the lab's clock", async () => {
  const { client, slack } = await startSlack();
  const answer = await client.chat.postMessage({ channel, text: "Degraded", blocks: [section("*orders* is degraded")] });
  expect(answer).toMatchObject({ ok: true, channel, ts: slack.messages[0]?.ts, message: { type: "message", text: "Degraded" } });
  expect(slack.messages).toEqual([
    {
      channel,
      channelName: "blue-green",
      ts: "1707130347.868000",
      text: "Degraded",
      blocks: [section("*orders* is degraded")],
      author: "app",
      postedAt: START,
      edits: [],
    },
  ]);
});

test("several messages in one moment of the lab get ascending ts", async () => {
  const { client, slack } = await startSlack();
  for (const text of ["a", "b", "c"]) await client.chat.postMessage({ channel: "#blue-green", text });
  expect(slack.messages.map(({ ts }) => ts)).toEqual(["1707130347.868000", "1707130347.868001", "1707130347.868002"]);
});

test("a reply lands in the thread, also where it names another reply", async () => {
  const { client, slack } = await startSlack();
  const { ts } = await client.chat.postMessage({ channel, text: "card" });
  const reply = await client.chat.postMessage({ channel, text: "entry", thread_ts: ts });
  expect(reply.message?.thread_ts).toBe(ts);
  await client.chat.postMessage({ channel, text: "entry of an entry", thread_ts: reply.ts });
  expect(slack.messages.map(({ threadTs }) => threadTs)).toEqual([undefined, ts, ts]);
});

test("a reply that is shown in the channel too is kept as one", async () => {
  const { client, slack } = await startSlack();
  const { ts = "" } = await client.chat.postMessage({ channel, text: "card" });
  await client.chat.postMessage({ channel, text: "quiet", thread_ts: ts });
  await client.chat.postMessage({ channel, text: "loud", thread_ts: ts, reply_broadcast: true });
  expect(slack.messages.map(({ broadcast }) => broadcast)).toEqual([undefined, undefined, true]);
});

test("a reply to a message that a person deleted is posted to the channel, and the answer has no thread_ts", async () => {
  const { client, slack } = await startSlack();
  const { ts = "" } = await client.chat.postMessage({ channel, text: "card" });
  slack.deleteMessage(channel, ts);
  const reply = await client.chat.postMessage({ channel, text: "entry", thread_ts: ts });
  expect(reply.ok).toBe(true);
  expect(reply.message?.thread_ts).toBeUndefined();
  expect(slack.messages[1]).not.toHaveProperty("threadTs");
});

test("an update changes the message in place and keeps what it said before", async () => {
  const { client, slack, clock } = await startSlack();
  const { ts = "" } = await client.chat.postMessage({ channel, text: "10 %", blocks: [section("10 %")] });
  await pass(clock, 60_000);
  const answer = await client.chat.update({ channel, ts, text: "20 %", blocks: [section("20 %")] });
  expect(answer).toMatchObject({ ok: true, channel, ts, text: "20 %" });
  expect(slack.messages).toHaveLength(1);
  expect(slack.messages[0]).toMatchObject({
    text: "20 %",
    blocks: [section("20 %")],
    postedAt: START,
    edits: [{ at: START + 60_000, text: "20 %", blocks: [section("20 %")] }],
  });
});

test("an update with text alone takes the blocks away and leaves the attachments, as Slack documents it", async () => {
  const { client, slack } = await startSlack();
  const attachments = [{ color: "#2eb67d", fallback: "f" }];
  const { ts = "" } = await client.chat.postMessage({ channel, text: "a", blocks: [section("a")], attachments });
  await client.chat.update({ channel, ts, text: "b" });
  expect(slack.messages[0]).toMatchObject({ text: "b", blocks: [], attachments });
  await client.chat.update({ channel, ts, text: "b", attachments: [] });
  expect(slack.messages[0]?.attachments).toBeUndefined();
});

test("the app deletes its own message once, and it stays in the record as deleted", async () => {
  const { client, slack, clock } = await startSlack();
  const { ts = "" } = await client.chat.postMessage({ channel, text: "a" });
  await pass(clock, 1000);
  expect(await client.chat.delete({ channel, ts })).toMatchObject({ ok: true, channel, ts });
  expect(slack.messages[0]).toMatchObject({ text: "a", deleted: { at: START + 1000 } });
  expect(await refused(client.chat.delete({ channel, ts }))).toBe("message_not_found");
  expect(await refused(client.chat.update({ channel, ts, text: "b" }))).toBe("message_not_found");
});

test("a person's message can be answered but neither updated nor deleted by the app", async () => {
  const { client, slack } = await startSlack();
  const { ts } = slack.say(channel, "who runs migrations?");
  expect(await refused(client.chat.update({ channel, ts, text: "b" }))).toBe("cant_update_message");
  expect(await refused(client.chat.delete({ channel, ts }))).toBe("cant_delete_message");
  await client.chat.postMessage({ channel, text: "entry", thread_ts: ts });
  expect(slack.messages.map(({ author, threadTs }) => [author, threadTs])).toEqual([
    ["person", undefined],
    ["app", ts],
  ]);
});

test("channels are refused by Slack's reasons: unknown, archived, the app not a member, a name where an id is wanted", async () => {
  const { client, slack } = await startSlack({
    channels: [
      { id: "C1", name: "one" },
      { id: "C2", name: "old", archived: true },
      { id: "C3", name: "private", member: false },
    ],
  });
  const post = (to: string) => refused(client.chat.postMessage({ channel: to, text: "a" }));
  expect(await post("C9")).toBe("channel_not_found");
  expect(await post("one")).toBe("channel_not_found");
  expect(await post("C2")).toBe("is_archived");
  expect(await post("#private")).toBe("not_in_channel");
  const { ts = "" } = await client.chat.postMessage({ channel: "#one", text: "a" });
  expect(await refused(client.chat.update({ channel: "#one", ts, text: "b" }))).toBe("channel_not_found");
  const [one] = slack.channels;
  if (one) one.archived = true;
  expect(await refused(client.chat.update({ channel: "C1", ts, text: "b" }))).toBe("is_inactive");
});

test("conversations.info says whether the app is a member and whether the channel is archived", async () => {
  const { client } = await startSlack({ channels: [{ id: "C3", name: "private", member: false }] });
  expect(await client.conversations.info({ channel: "C3" })).toMatchObject({
    channel: { id: "C3", name: "private", is_member: false, is_archived: false },
  });
  expect(await refused(client.conversations.info({ channel: "#private" }))).toBe("channel_not_found");
});

test("a wrong token is invalid_auth, a missing one not_authed, and api.test needs none", async () => {
  const { client } = await startSlack({ token: "xoxb-right", asToken: "xoxb-wrong" });
  expect(await refused(client.auth.test())).toBe("invalid_auth");
  expect(await refused(client.auth.test({ token: "xoxb-right" }))).toBe("accepted");
  const { url, slack } = await startSlack();
  const send = (method: string) => fetch(`${url}/slack/api/${method}`, { method: "POST" }).then((response) => response.json());
  expect(await send("auth.test")).toEqual({ ok: false, error: "not_authed" });
  expect(await send("api.test")).toMatchObject({ ok: true });
  expect(await send("chat.fly")).toEqual({ ok: false, error: "unknown_method" });
  expect(slack.calls.map(({ method }) => method)).toEqual(["auth.test", "api.test", "chat.fly"]);
});

test("a JSON body is taken as well as a form, and bodies of another kind are refused", async () => {
  const { url, slack } = await startSlack();
  const send = (type: string, body: string) =>
    fetch(`${url}/slack/api/chat.postMessage`, {
      method: "POST",
      headers: { authorization: "Bearer xoxb-lab", "content-type": type },
      body,
    }).then((response) => response.json());
  const json = JSON.stringify({ channel, text: "a", blocks: [section("b")], thread_ts: null });
  expect(await send("application/json; charset=utf-8", json)).toMatchObject({ ok: true });
  expect(slack.messages[0]).toMatchObject({ text: "a", blocks: [section("b")] });
  expect(await send("application/json", "{")).toEqual({ ok: false, error: "invalid_json" });
  expect(await send("application/json", "[]")).toEqual({ ok: false, error: "json_not_object" });
  expect(await send("text/html", "<p>")).toEqual({ ok: false, error: "invalid_post_type" });
});

test("a message needs text, blocks or attachments, of a length that Slack takes", async () => {
  const { client } = await startSlack();
  const post = (content: object) => refused(client.chat.postMessage({ channel, ...content } as { channel: string; text: string }));
  expect(await post({})).toBe("no_text");
  expect(await post({ text: "" })).toBe("no_text");
  expect(await post({ text: "x".repeat(40_000) })).toBe("accepted");
  expect(await post({ text: "x".repeat(40_001) })).toBe("msg_too_long");
  expect(await post({ blocks: [section("a")] })).toBe("accepted");
  expect(await post({ blocks: Array.from({ length: 5 }, () => section("x".repeat(3000))) })).toBe("msg_blocks_too_long");
  expect(await post({ blocks: "[" })).toBe("invalid_blocks_format");
  expect(await post({ attachments: Array.from({ length: 101 }, () => ({ text: "a" })) })).toBe("too_many_attachments");
  expect(await post({ text: "a", attachments: [{ blocks: [{ type: "button" }] }] })).toBe("invalid_attachments");
});

test("every change of a message is told to those who listen, until they stop", async () => {
  const { client, slack } = await startSlack();
  const told: MessageChange[] = [];
  const stop = slack.onMessage((change) => told.push(change));
  const { ts = "" } = await client.chat.postMessage({ channel, text: "a" });
  await client.chat.update({ channel, ts, text: "b" });
  slack.deleteMessage(channel, ts);
  stop();
  slack.say(channel, "c");
  expect(told.map(({ kind, message }) => [kind, message.text])).toEqual([
    ["posted", "a"],
    ["updated", "b"],
    ["deleted", "b"],
  ]);
});

test("calls are recorded with arguments as they were meant and answers as they went, never with the token", async () => {
  const { client, slack } = await startSlack();
  await client.chat.postMessage({ channel, text: "a", blocks: [section("b")], unfurl_links: false });
  await refused(client.chat.update({ channel, ts: "1.2", text: "b" }));
  expect(slack.calls).toMatchObject([
    {
      at: START,
      method: "chat.postMessage",
      arguments: { channel, text: "a", blocks: [section("b")], unfurl_links: "false" },
      answer: { status: 200, body: { ok: true } },
    },
    { method: "chat.update", answer: { status: 200, body: { ok: false, error: "message_not_found" } } },
  ]);
  expect(JSON.stringify(slack.calls)).not.toContain("xoxb");
});
