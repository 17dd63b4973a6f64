import { describe, expect, it } from "vitest";
import type { LabMessage } from "../../../lab/slack/messages.ts";
import { openSlackLab, type SlackLab } from "../../support/conversation/slack-lab.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { readings, severityOf, wholeText, withoutDetails, withoutSign } from "../../support/lab/stage.ts";
import { ready } from "../../support/operations/switching.ts";

const minutes = (lab: SlackLab, count: number) => lab.clock.work(() => pass(lab, count * MINUTE));

/** The deployment's card as the channel shows it, without its sign. */
const cardOf = (lab: SlackLab): string => withoutSign(wholeText(lab, cardIn(lab)));
const cardIn = (lab: SlackLab) => withoutDetails(lab).find(({ threadTs, deleted }) => threadTs === undefined && !deleted);

async function withDeployment(policy: Parameters<typeof openSlackLab>[0] = {}): Promise<SlackLab & { id: string }> {
  const lab = await openSlackLab(policy, { isWatched: true });
  const id = await ready(lab, "orders");
  await lab.settled();
  return { ...lab, id };
}

describe("card, status and answers", () => {
  it("all say that a recreation stops once its cancel is accepted, and what that leaves", async () => {
    const lab = await withDeployment();
    lab.rds.runDdl("orders", "ALTER TABLE");
    // As long as RDS takes.
    lab.rds.hasten(1);
    await lab.settled();
    await lab.type("/bluegreen recreate orders-15");
    await lab.press("confirm");
    await minutes(lab, 2);
    const answer = await lab.type("/bluegreen cancel orders-15");
    const leaves = "Green is deleted already, and nothing is created in its place.";
    expect(answer).toContain(`It stops before its next change to RDS. RDS finishes what it has begun. ${leaves}`);
    expect(answer).toContain("This takes up to five minutes. The thread of its card says how it ends.");
    expect(cardOf(lab)).toMatch(/^orders-15 · Being stopped\n/);
    expect(cardOf(lab)).toContain(`has stopped the recreation, and the guard makes no further change to RDS. ${leaves}`);
    expect(cardOf(lab)).not.toMatch(/Wait: the deployment is being deleted and created again|\[ /);
    const [title] = (await lab.type("/bluegreen status orders-15")).split("\n");
    expect(title).toMatch(/^orders-15 · (Being stopped|Stopped: green is deleted)$/);
    expect(cardOf(lab).split("\n")[0]).toBe(title);
    await minutes(lab, 30);
    expect(cardOf(lab)).toMatch(/^orders-15 · Stopped: green is deleted\n/);
    expect(severityOf(cardIn(lab) as LabMessage)).toBe("warning");
  });

  it("say when the policy recreates, and tell nobody to do it", async () => {
    const lab = await withDeployment({ onDegraded: "recreate", settleMinutes: 10 });
    lab.rds.runDdl("orders", "ALTER TABLE");
    await minutes(lab, 2);
    await lab.settled();
    const card = cardOf(lab);
    expect(card).toMatch(/^orders-15 · Degraded: the guard will recreate it\n/);
    expect(card).toMatch(
      /The guard deletes and recreates it by itself once no DDL was seen for 10 minutes, not before \d\d:\d\d:\d\d UTC\./,
    );
    const thread = readings(lab).join("\n");
    expect(card + thread).not.toMatch(/\[ Recreate… \]|create it again: the card says how|\/bluegreen recreate/);
    expect(await lab.type("/bluegreen status orders-15")).toContain("The guard deletes and recreates it by itself once no DDL was seen");
  });

  it("never call a deployment ready that the guard recreates", async () => {
    const lab = await withDeployment();
    lab.rds.runDdl("orders", "ALTER TABLE");
    lab.rds.hasten(20);
    await lab.settled();
    await lab.type("/bluegreen recreate orders-15");
    await lab.press("confirm");
    for (let step = 0; step < 24; step += 1) {
      await minutes(lab, 1);
      const isOver = lab.lines("Audit").some(({ what }) => what === "ended");
      if (isOver) break;
      expect(cardOf(lab)).not.toMatch(/^[^\n]*Ready/);
    }
    await minutes(lab, 10);
    expect(cardOf(lab)).toMatch(/^[^\n]*Ready to switch over\n/);
  });
});

describe("a recreation of a deployment that nothing is wrong with", () => {
  it("says so first, and needs the full name", async () => {
    const lab = await withDeployment();
    const plan = await lab.type("/bluegreen recreate orders-15");
    expect(plan).toMatch(/^Recreate orders-15\?\n\*orders-15\* \(`bgd-\w+`\) now: \*Ready to switch over\*\./);
    expect(plan).toContain("*Nothing is wrong with it, as far as RDS says*: this throws its green away");
    const byId = await lab.type(`/bluegreen recreate ${lab.id}`);
    expect(byId).toContain("To delete and recreate it all the same, type its full name");
    expect(byId).not.toContain("[ ");
    expect(await lab.type("/bluegreen recreate orders")).not.toContain("[ ");
    expect(lab.changes()).toEqual(["Create"]);
  });

  it("needs it, too, where the plan was shown while something was wrong, which has passed since", async () => {
    const lab = await withDeployment();
    const tell = (what: () => void) =>
      lab.clock.work(async () => {
        what();
        await pass(lab, 2 * MINUTE);
      });
    await tell(() => lab.rds.stopReplication(lab.id, { status: "terminated" }));
    await lab.settled();
    expect(await lab.type(`/bluegreen recreate ${lab.id}`)).toContain("now: *Replication terminated: cannot be switched over*.");
    await tell(() => lab.rds.resumeReplication(lab.id));
    await lab.settled();
    const answer = await lab.press("confirm");
    expect(answer).toContain("It has recovered since the plan that you confirmed, and nothing was done.");
    expect(answer).toContain("type its full name");
    expect(answer).not.toContain("[ ");
    await minutes(lab, 20);
    expect(lab.changes()).toEqual(["Create"]);
  });
});
