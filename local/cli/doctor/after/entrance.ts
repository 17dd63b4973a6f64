import { createHmac } from "node:crypto";
import { send } from "../../../../src/clients/http.ts";
import { type DoctorCheck, type Finding, fail, pass, unknown } from "../check.ts";
import { readSecret } from "../secret.ts";

/** How long Slack waits. Source: Slack, "Slash commands", "Responding to a command". */
const SLACK_WAITS_MS = 3_000;

const FORM = "application/x-www-form-urlencoded";

/** Whether Slack, and nobody else, gets through to the guard. */
export const entrance: DoctorCheck = {
  id: "entrance",
  asked: "a POST without a signature, Slack's ssl_check and a signed POST to the address for commands",
  of: "stack",
  applies: ({ stack }) => stack?.outputs["SlackUrl"] !== undefined,
  async ask(visit) {
    const url = visit.stack?.outputs["SlackUrl"] ?? "";
    const stranger = await post(url, FORM, "command=%2Fbluegreen").catch((error: Error) => error);
    if (stranger instanceof Error) {
      const todo = `${url} cannot be reached from this computer: look at the network and at a proxy. Then run doctor again.`;
      return unknown(stranger.message || stranger.name, "Whether Slack gets through is not known.", todo);
    }
    if (stranger.status === 403)
      return fail("403", "Lambda lets nobody in: the function lacks a permission for its URL.", "Deploy again: npx cdk deploy.");
    if (stranger.status !== 401) {
      const todo = "See the slack function's log; deploy again: npx cdk deploy.";
      return fail(`${stranger.status} without a signature`, "The entrance should answer 401.", todo);
    }
    const secret = await readSecret(visit.stack?.variables["SLACK_SECRET"] ?? "", visit.light).catch(() => undefined);
    if (!secret?.signingSecret) {
      const means = "Strangers stay out; Slack's own requests could not be tried.";
      return unknown("401 without a signature", means, "See the line about the secret.");
    }
    const check = await post(url, FORM, "ssl_check=1", secret.signingSecret);
    // The guard hands on forms alone: what is signed and no form goes no further than the signature.
    const signed = await post(url, "text/plain", "doctor", secret.signingSecret);
    return judged(stranger, check, signed);
  },
};

interface Posted {
  status: number;
  ms: number;
}

function judged(stranger: Posted, check: Posted, signed: Posted): Finding {
  const slowest = Math.max(stranger.ms, check.ms, signed.ms);
  const came = `401 without a signature, ${check.status} to the ssl_check, ${signed.status} to what is signed; ${slowest} ms at most`;
  if (signed.status !== 415 || check.status !== 200) {
    const todo = "Compare the signing secret with that of the Slack app, under Basic Information; a new one is read within five minutes.";
    return fail(came, "The guard refuses what Slack signs; it should be 200 and 415.", todo);
  }
  if (slowest < SLACK_WAITS_MS) return pass(came, "Slack gets through, and strangers do not.");
  const todo = "Ask again: the first start is the slowest. If it stays so, see the slack function's log.";
  return fail(came, "Slack waits three seconds: a command shows a time-out, and is carried out all the same.", todo);
}

function signatureOf(body: string, secret: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${signature}` };
}

async function post(url: string, type: string, body: string, secret?: string): Promise<Posted> {
  const began = performance.now();
  const headers = { "content-type": type, ...(secret !== undefined && signatureOf(body, secret)) };
  const { statusCode: status } = await send({ url: new URL(url), method: "POST", headers, body, timeoutMs: 10_000 });
  return { status, ms: Math.round(performance.now() - began) };
}
