import { testPayload } from "../../messages/plain/payload.ts";
import type { WebhookDependencies } from "../webhook.ts";
import { type Ask, askAll, type SelfTestAnswer } from "./asking.ts";
import { type SelfTestEvent, selfTestIn } from "./event.ts";

/** What the webhook function tests itself with. */
export type WebhookAsks = Pick<WebhookDependencies, "secret" | "post" | "time">;

/** What is asked of the webhook itself, as a phrase; only where a person allows it. */
export const OF_WEBHOOK = "the webhook, with a signed test";

/** The same handler, which also reads its secret when a person invokes it for that; with `post` it sends a test, and asks nothing else. */
export function withWebhookSelfTest<Event, Result>(
  { secret, post, time }: WebhookAsks,
  handler: (event: Event) => Promise<Result>,
): (event: Event | SelfTestEvent) => Promise<Result | SelfTestAnswer> {
  const reads: Ask = {
    what: "secretsmanager:GetSecretValue of the webhook's secret",
    ask: async () => secret(true).then(() => "it holds a URL and a key as the function needs them"),
  };
  const posts = (id: string): Ask => ({
    what: OF_WEBHOOK,
    async ask() {
      const at = time.now();
      const body = JSON.stringify(testPayload(id, new Date(at).toISOString()));
      return `HTTP ${await post({ id, body }, await secret(true), at)}`;
    },
  });
  return async (event) => {
    const asked = selfTestIn(event);
    if (!asked) return handler(event as Event);
    return { selfTest: asked.id, asked: await askAll([asked.post ? posts(asked.id) : reads], () => performance.now()) };
  };
}
