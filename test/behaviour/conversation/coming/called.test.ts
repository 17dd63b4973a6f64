import { expect, it } from "vitest";
import type { LabMessage } from "../../../../lab/slack/messages.ts";
import type { GuardPolicy } from "../../../../local/guard.ts";
import { DEVELOPER, ONCALL, openSlackLab, type SlackLab } from "../../../support/conversation/slack-lab.ts";
import { MINUTE, pass, sweepFor } from "../../../support/handlers/sweeping.ts";
import { ready } from "../../../support/operations/switching.ts";

const mentions = ["now=S0ONCALL", "later=U0DBA"];

async function degraded(policy: Partial<GuardPolicy> = {}): Promise<SlackLab> {
  const lab = await openSlackLab({ mentions, ...policy });
  await ready(lab, "orders");
  await lab.settled();
  lab.rds.runDdl("orders", "ALTER TABLE");
  await lab.clock.work(() => pass(lab, 2 * MINUTE));
  await lab.settled();
  return lab;
}

const mentioning = (lab: SlackLab, id: string): LabMessage[] => lab.slack.messages.filter((it) => JSON.stringify(it).includes(id));

it("the entry that says that replication is degraded mentions those who come later, once", async () => {
  const lab = await degraded();
  const called = mentioning(lab, "<@U0DBA>");
  expect(called).toHaveLength(1);
  console.log(JSON.stringify(called, null, 1));
  console.log(await lab.press("take", DEVELOPER));
  console.log(JSON.stringify(lab.slack.messages.at(-1)));
  void ONCALL;
  void sweepFor;
});
