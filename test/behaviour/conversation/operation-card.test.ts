import { expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import { buttonFor, ONCALL, openSlackLab, type SlackLab } from "../../support/conversation/slack-lab.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { withoutDetails } from "../../support/lab/stage.ts";
import { accepted } from "../../support/operations/recreating.ts";
import { ready } from "../../support/operations/switching.ts";

/** A person has a degraded deployment recreated, which takes as long as in RDS; `scene` begins once RDS has accepted the deletion. */
async function recreating(scene: (lab: SlackLab) => Promise<void>): Promise<void> {
  const lab = await openSlackLab();
  await ready(lab, "orders");
  await lab.settled();
  lab.rds.runDdl("orders", "ALTER TABLE");
  await lab.settled();
  await lab.type("/bluegreen recreate orders-15");
  await lab.clock.work(async () => {
    lab.rds.hasten(1);
    await lab.slack.sending.press(buttonFor(lab, "confirm", ONCALL), "confirm", ONCALL);
    await until(lab, () => accepted(lab, "DeleteBlueGreenDeployment") === 1);
    await scene(lab);
  });
}

async function until(lab: SlackLab, isSo: () => boolean): Promise<void> {
  for (let second = 0; second < 3_600 && !isSo(); second += 1) await pass(lab, 1_000);
}

/** What the card says of the operation in the line of its bar: the step, and what is being done. */
function operating(lab: SlackLab): string[] {
  const cards = withoutDetails(lab)
    .filter(({ threadTs }) => threadTs === undefined)
    .map(messageText);
  return (
    cards
      .findLast((text) => /step \d of 5/.test(text))
      ?.match(/step \d of 5.*/)?.[0]
      .split(/(?<=UTC)\. /) ?? []
  );
}

it("the card of a recreation says which step it has reached, since when, and what RDS does", async () => {
  await recreating(async (lab) => {
    const began = new Date(lab.clock.now()).toISOString();
    await pass(lab, 10_000);
    const since = `since ${began.slice(0, 10)} ${began.slice(11, 16)} UTC`;
    expect(operating(lab)).toEqual([`step 2 of 5, ${since}`, "RDS deletes it with everything green."]);
    await until(lab, () => accepted(lab, "CreateBlueGreenDeployment") === 2);
    await pass(lab, 10_000);
    expect(operating(lab)).toEqual([
      `step 4 of 5, ${since}`,
      expect.stringMatching(/^Created as `orders-15-\w{8}`: RDS is building green\.$/),
    ]);
  });
});

it("the card of a recreation whose creation has to wait says so, and why", async () => {
  await recreating(async (lab) => {
    lab.rds.change("orders", { status: "backing-up" });
    await until(lab, () => operating(lab)[0]?.startsWith("step 3 ") === true);
    expect(operating(lab)).toEqual([
      expect.stringMatching(/^step 3 of 5, since /),
      expect.stringMatching(/^RDS does not create it yet: .*backing-up/),
    ]);
    expect(accepted(lab, "CreateBlueGreenDeployment")).toBe(1);
    const edits = () => lab.slack.calls.filter(({ method }) => method === "chat.update").length;
    const before = edits();
    await pass(lab, 10 * MINUTE);
    expect(edits() - before).toBeLessThanOrEqual(2);
    lab.rds.change("orders", { status: "available" });
    await until(lab, () => accepted(lab, "CreateBlueGreenDeployment") === 2);
    await pass(lab, 10_000);
    expect(operating(lab)[0]).toMatch(/^step 4 of 5, since /);
  });
});
