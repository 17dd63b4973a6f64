import { expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import { COLLEAGUE, openSlackLab, type SlackLab } from "../../support/conversation/slack-lab.ts";
import { MINUTE, pass, sweepFor } from "../../support/handlers/sweeping.ts";
import { readings } from "../../support/lab/stage.ts";
import { ready } from "../../support/operations/switching.ts";

async function until(lab: SlackLab, change: string): Promise<void> {
  for (let second = 0; second < 200 && !lab.changes().includes(change); second += 1) await lab.clock.work(() => pass(lab, 1_000));
}

it("who approved a recreation that is stopped after the deletion is not told that nothing was changed", async () => {
  const lab = await openSlackLab({ approvals: 1 });
  lab.rds.hasten(60);
  await ready(lab, "orders");
  await lab.type("/bluegreen recreate orders-15");
  await lab.press("confirm");
  await lab.press("approve", COLLEAGUE);
  await until(lab, "Delete");
  await lab.type("/bluegreen cancel orders-15");
  await lab.clock.work(() => pass(lab, 10_000));
  const said = readings(lab).join("\n");
  expect(said).not.toContain("nothing was changed");
  expect(said).toContain("is deleted with green, and nothing was created in its place");
});

it("who ends a switchover by force after RDS was asked is told that the database stays claimed", async () => {
  const lab = await openSlackLab();
  lab.rds.hasten(1);
  await ready(lab, "orders");
  await lab.type("/bluegreen switchover orders-15");
  await lab.press("confirm");
  await until(lab, "Switchover");
  await lab.type("/bluegreen cancel orders-15 --force");
  const said = await lab.press("confirm");
  expect(said).toContain("nothing else may begin on the database until a person has looked and cancels once more");
  expect(said).not.toContain("released");
});

it("who cancels is told how it has ended, where it has by the time of the answer", async () => {
  const lab = await openSlackLab({ approvals: 1 });
  lab.rds.hasten(60);
  await ready(lab, "orders");
  await lab.type("/bluegreen recreate orders-15");
  await lab.press("confirm");
  await lab.press("approve", COLLEAGUE);
  await until(lab, "Delete");
  // The approval and the card are shown first, at one message a second, and the operation hears of it meanwhile.
  await lab.type("/bluegreen cancel orders-15");
  await lab.clock.work(() => pass(lab, 60_000));
  const said = lab.slack.ephemeral.map(messageText).at(-1);
  expect(said).toContain("It has ended: @U0ONCALL stopped waiting for the deletion");
});

it("what is half done is said still where the event bus does not take that it is gone on with", async () => {
  const lab = await openSlackLab();
  lab.rds.hasten(60);
  await ready(lab, "orders");
  await lab.type("/bluegreen recreate orders-15");
  await lab.press("confirm");
  await until(lab, "Delete");
  await lab.type("/bluegreen cancel orders-15");
  await lab.clock.work(() => sweepFor(lab, 30 * MINUTE));
  await lab.type("/bluegreen recreate orders-15");
  lab.bus.failNext(20);
  await lab.press("confirm");
  lab.bus.failNext(0);
  expect(await lab.type("/bluegreen status orders-15")).toMatch(
    /so it did not begin\. `orders-15` is deleted with green, and nothing was created/,
  );
});
