import { expect, test } from "vitest";
import { pass, START, startSlack } from "../../../support/lab/server.ts";

const channel = "C0BLUEGREEN";

/** What the real client makes of a call: "accepted", or its error with what it says of the cause. */
function outcome(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => "accepted",
    (error) => [error.constructor.name, error.retryAfter ?? error.statusCode ?? error.data?.error ?? error.code],
  );
}

test("the client sees each planned fault as it would see the real one, once, and then Slack works again", async () => {
  const { client, slack } = await startSlack({ client: { timeout: 300 } });
  const post = () => outcome(client.chat.postMessage({ channel, text: "a" }));
  slack.faults.next({ kind: "rate-limited", retryAfterSeconds: 30 });
  slack.faults.next({ kind: "rate-limited" });
  slack.faults.next({ kind: "error", error: "ratelimited" });
  slack.faults.next({ kind: "http", status: 502 });
  slack.faults.next({ kind: "hang" });
  slack.faults.next({ kind: "reset" });
  expect(await post()).toEqual(["WebAPIRateLimitedError", 30]);
  expect(await post()).toEqual(["Error", undefined]);
  expect(await post()).toEqual(["WebAPIPlatformError", "ratelimited"]);
  expect(await post()).toEqual(["WebAPIHTTPError", 502]);
  expect(await post()).toEqual(["WebAPIRequestError", "slack_webapi_request_error"]);
  expect(await post()).toEqual(["WebAPIRequestError", "slack_webapi_request_error"]);
  expect(slack.messages).toEqual([]);
  expect(await post()).toBe("accepted");
  expect(slack.messages).toHaveLength(1);
  expect(slack.calls.map(({ answer }) => answer.status)).toEqual([429, 429, 200, 502, "hang", "reset", 200]);
});

test.each(["hang", "reset"] as const)(
  "after a %s that comes too late the message stands, though the client saw a failure",
  async (kind) => {
    const { client, slack } = await startSlack({ client: { timeout: 300 } });
    slack.faults.next({ kind, accepted: true });
    expect(await outcome(client.chat.postMessage({ channel, text: "a" }))).toEqual(["WebAPIRequestError", "slack_webapi_request_error"]);
    expect(slack.messages.map(({ text }) => text)).toEqual(["a"]);
    expect(slack.calls).toMatchObject([{ answer: { status: kind, body: { ok: true } } }]);
  },
);

test("a fault may be meant for several calls of one method and lets others pass", async () => {
  const { client, slack } = await startSlack();
  slack.faults.next({ kind: "error", error: "internal_error" }, { times: 2, method: "chat.update" });
  const { ts = "" } = await client.chat.postMessage({ channel, text: "a" });
  const update = () => outcome(client.chat.update({ channel, ts, text: "b" }));
  expect([await update(), await update(), await update()]).toEqual([
    ["WebAPIPlatformError", "internal_error"],
    ["WebAPIPlatformError", "internal_error"],
    "accepted",
  ]);
});

test("an outage lasts from one moment of the lab to another", async () => {
  const { client, slack, clock } = await startSlack();
  const post = () => outcome(client.chat.postMessage({ channel, text: "a" }));
  slack.faults.down(START + 1000, START + 3000);
  expect(await post()).toBe("accepted");
  await pass(clock, 1000);
  expect(await post()).toEqual(["WebAPIHTTPError", 503]);
  await pass(clock, 1999);
  expect(await post()).toEqual(["WebAPIHTTPError", 503]);
  await pass(clock, 1);
  expect(await post()).toBe("accepted");
  slack.faults.down(START, START + 10_000, { kind: "reset" });
  expect(await post()).toEqual(["WebAPIRequestError", "slack_webapi_request_error"]);
  slack.faults.clear();
  expect(await post()).toBe("accepted");
});

test("where the pace is enforced, a second message within a second of lab time has to wait, in that channel only", async () => {
  const channels = [
    { id: "C1", name: "one" },
    { id: "C2", name: "two" },
  ];
  const { client, slack, clock } = await startSlack({ enforcePace: true, channels });
  const post = (to: string) => outcome(client.chat.postMessage({ channel: to, text: "a" }));
  expect(await post("C1")).toBe("accepted");
  expect(await post("C2")).toBe("accepted");
  await pass(clock, 999);
  expect(await post("C1")).toEqual(["WebAPIRateLimitedError", 1]);
  await pass(clock, 1);
  expect(await post("C1")).toBe("accepted");
  expect(slack.messages).toHaveLength(3);
});

test("called without a server, a reset is a rejection as that of fetch", async () => {
  const { slack } = await startSlack();
  slack.faults.next({ kind: "reset" });
  const request = new Request("http://slack/slack/api/api.test", { method: "POST" });
  await expect(slack.fetch(request)).rejects.toThrow("reset the connection");
});
