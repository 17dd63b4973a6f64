import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { createBriefCall } from "../../../src/clients/aws-briefly.ts";
import { createReplies, originOfReplies } from "../../../src/clients/slack/replies.ts";
import { header, message } from "../../../src/messages/slack/message.ts";
import { toAsker } from "../../../src/messages/slack/reply.ts";

const SECRET = "orders-15 is about to be deleted";

/** A server that answers everything with `status` and, for a redirect, the way to `location`; with what it was sent. */
async function serve(status: number, location = "") {
  const received: string[] = [];
  const server = createServer((request, response) => {
    request.on("data", (data) => received.push(String(data)));
    request.on("end", () => response.writeHead(status, location ? { location } : {}).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

it.each([301, 302, 303, 307, 308])("an answer to Slack follows no redirect (%s): what it says goes to no other host", async (status) => {
  const elsewhere = await serve(200);
  const slack = await serve(status, `${elsewhere.origin}/`);
  const replies = createReplies({ origin: slack.origin });
  const sent = replies.send(`${slack.origin}/commands/T0/secret`, toAsker(message("info", SECRET, header(SECRET), [])));
  await expect(sent).rejects.toThrow(/^Slack did not take the answer: HTTP \d+\.$/);
  expect(slack.received.join("")).toContain(SECRET);
  expect(elsewhere.received).toEqual([]);
});

it("a call of the entrance to AWS follows none either", async () => {
  const elsewhere = await serve(200);
  const aws = await serve(307, `${elsewhere.origin}/`);
  const lambda = { name: "lambda", id: "Lambda" };
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const call = createBriefCall(lambda, { region: "ap-northeast-1", endpoint: aws.origin, credentials });
  await expect(call({ operation: "Invoke", body: SECRET })).rejects.toThrow();
  expect(elsewhere.received).toEqual([]);
});

it.each([
  ["https://slack.com/api/", "https://hooks.slack.com"],
  ["https://slack-gov.com/api/", "https://hooks.slack-gov.com"],
  ["http://127.0.0.1:4040/slack/api/", "http://127.0.0.1:4040"],
])("of the Slack with the API %s, answers go to %s", (apiUrl, origin) => expect(originOfReplies(apiUrl)).toBe(origin));
