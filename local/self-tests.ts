import type { SelfTestEvent } from "../src/handlers/self-test/event.ts";
import {
  type EntranceAsks,
  type SelfTestName,
  type SelfTestPorts,
  withEntranceSelfTest,
  withSelfTest,
} from "../src/handlers/self-test/self-test.ts";
import { type WebhookAsks, withWebhookSelfTest } from "../src/handlers/self-test/webhook.ts";
import { lambdaContext } from "./queue/lambda-context.ts";

/** The functions that a person invokes to have them test themselves, and waits for. */
export type SelfTested = Exclude<SelfTestName, "recreate" | "switchover"> | "slack" | "webhook";

/** Has a function test itself, as a direct invocation does; resolves with its answer. */
export type SelfTests = (name: SelfTested, event: unknown) => Promise<unknown>;

const SECONDS = 60;

/** Creates what has the functions test themselves on one machine; `entrance` is left out where Slack sends no commands, `webhook` where there is none. */
export function localSelfTests(
  ports: SelfTestPorts,
  { entrance, webhook }: { entrance?: EntranceAsks; webhook?: WebhookAsks },
  now: () => number,
): SelfTests {
  const others = async (event: unknown) => Promise.reject(new Error(`This invocation is no self-test: ${JSON.stringify(event)}`));
  const slack = entrance && withEntranceSelfTest(entrance, others);
  const posting = webhook && withWebhookSelfTest(webhook, others);
  return async (name, event) => {
    if (name === "webhook") return posting?.(event as SelfTestEvent) ?? others(event);
    if (name !== "slack") return withSelfTest(name, ports, others)(event, lambdaContext({ name, timeoutSeconds: SECONDS, now }));
    return slack?.(event as SelfTestEvent) ?? others(event);
  };
}
