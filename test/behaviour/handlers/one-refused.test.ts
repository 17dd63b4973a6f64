import { describe, expect, it } from "vitest";
import type { LabMessage } from "../../../lab/slack/messages.ts";
import { openSlackLab, type SlackLab } from "../../support/conversation/slack-lab.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { told, withoutDetails } from "../../support/lab/stage.ts";
import { ready } from "../../support/operations/switching.ts";

const DEGRADED = "  Replication is degraded";
const minutes = (lab: SlackLab, count: number) => lab.clock.work(() => pass(lab, count * MINUTE));
const cardOf = (lab: SlackLab, name: string): LabMessage | undefined =>
  withoutDetails(lab).find((it) => !it.threadTs && !it.deleted && JSON.stringify(it).includes(name));

/** Two deployments whose cards stand; Slack refuses every call about the first one's card. */
async function refused(method: string, error: string): Promise<SlackLab> {
  const lab = await openSlackLab({}, { isWatched: true });
  await ready(lab, "orders");
  await ready(lab, "payments");
  await lab.settled();
  lab.slack.faults.next({ kind: "error", error }, { method, about: cardOf(lab, "orders-15")?.ts, times: 10_000 });
  return lab;
}

// Source: Slack Web API reference, chat.update and chat.postMessage, "Errors". Superset gave up where a thread was locked
// (superset-sh/superset issue 6087): "retrying can never succeed".
describe.each([
  ["chat.update", "is_inactive"],
  ["chat.update", "channel_not_found"],
  ["chat.update", "external_channel_migrating"],
  ["chat.update", "update_failed"],
  ["chat.update", "block_mismatch"],
  ["chat.postMessage", "restricted_action_thread_locked"],
  ["chat.postMessage", "restricted_action"],
  ["chat.postMessage", "cannot_reply_to_message"],
])("a message of one deployment that %s refuses as %s", (method, error) => {
  it("keeps neither that deployment's alert nor another one's from being told", async () => {
    const lab = await refused(method, error);
    lab.rds.runDdl("orders", "ALTER TABLE t ADD c int");
    await minutes(lab, 1);
    lab.rds.runDdl("payments", "ALTER TABLE t ADD c int");
    await minutes(lab, 10);
    await lab.settled();
    const alerts = told(lab).filter((line) => line.includes(DEGRADED.trim()));
    expect(alerts).toHaveLength(2);
    expect(told(lab)).toContain("payments-15 · Degraded: cannot be switched over");
    await minutes(lab, 60);
    expect(told(lab)).toContain("orders-15 · Degraded: cannot be switched over");
  });
});
