import { createHmac } from "node:crypto";
import { type DoctorCheck, fail, pass, unknown } from "../check.ts";
import { readSecret } from "../secret.ts";

/** How long Slack waits. Source: Slack, "Slash commands", "Responding to a command". */
const SLACK_WAITS_MS = 3_000;

/** Whether Slack, and nobody else, gets through to the guard. */
export const entrance: DoctorCheck = {
  id: "entrance",
  asked: "a POST without a signature, and Slack's signed ssl_check, to the address for commands",
  of: "stack",
  applies: ({ stack }) => stack?.outputs["SlackUrl"] !== undefined,
  async ask(visit) {
    const url = visit.stack?.outputs["SlackUrl"] ?? "";
    const stranger = await post(url, "command=%2Fbluegreen", {});
    if (stranger.status === 403)
      return fail("403", "Lambda lets nobody in: the function lacks a permission for its URL.", "Deploy again: npx cdk deploy.");
    if (stranger.status !== 401)
      return fail(
        `${stranger.status} without a signature`,
        "The entrance should answer 401.",
        "See the slack function's log; deploy again: npx cdk deploy.",
      );
    const secret = await readSecret(visit.stack?.variables["SLACK_SECRET"] ?? "", visit.light).catch(() => undefined);
    if (!secret?.signingSecret)
      return unknown(
        "401 without a signature",
        "Strangers stay out; Slack's own requests could not be tried.",
        "See the line about the secret.",
      );
    const body = "ssl_check=1";
    const slack = await post(url, body, signed(body, secret.signingSecret));
    const came = `401 without a signature, ${slack.status} with Slack's, in ${stranger.ms} and ${slack.ms} ms`;
    if (slack.status !== 200)
      return fail(came, "The guard refuses what Slack signs.", "Compare the signing secret with that of the Slack app, Basic Information.");
    if (Math.max(stranger.ms, slack.ms) >= SLACK_WAITS_MS)
      return fail(
        came,
        "Slack waits three seconds: a command shows a time-out, and is carried out all the same.",
        "Ask again: the first start is the slowest. If it stays so, see the slack function's log.",
      );
    return pass(came, "Slack gets through, and strangers do not.");
  },
};

function signed(body: string, secret: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${signature}` };
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<{ status: number; ms: number }> {
  const began = performance.now();
  const answer = await fetch(url, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    signal: AbortSignal.timeout(10_000),
  });
  await answer.arrayBuffer();
  return { status: answer.status, ms: Math.round(performance.now() - began) };
}
