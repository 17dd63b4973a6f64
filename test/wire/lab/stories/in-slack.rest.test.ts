import { expect, it } from "vitest";
import { messageText } from "../../../../lab/slack/text.ts";
import { somebodyComes } from "../../../../lab/stories/somebody-comes.ts";
import { switchoverApproved } from "../../../../lab/stories/switchover/approved.ts";
import { upgrade } from "../../../../lab/stories/upgrade.ts";
import { idle } from "../../../support/conversation/slack-lab.ts";
import { told } from "../../../support/lab/stage.ts";
import { BUILT, cardReadings, playWithSweeps, read } from "./play.ts";

const READY = [...BUILT, "  Ready to switch over"];

it("upgrade: ruined as it was in 2024, recreated from the card's button, and ready for whoever types the switchover", async () => {
  const { lab, said, readings } = await playWithSweeps(upgrade);
  expect(told(lab)).toEqual([
    expect.stringMatching(/^blue-green-[0-9a-f]{8} · Ready to switch over$/),
    ...READY,
    "  Replication is degraded",
    "  Being deleted and created again",
    "  Deleted",
    ...BUILT,
    "  Green is built",
    "  Created again, and ready to switch over",
  ]);
  expect(said).toEqual(expect.arrayContaining(["Oncall presses “Recreate…”.", "Oncall presses “Delete and recreate”."]));
  const command = /type (\/bluegreen switchover blue-green-[0-9a-f]{8}) in the channel/.exec(said.at(-1) ?? "")?.[1] ?? "";
  expect(read(lab, "Being deleted and created again")).toContain("Asked for by @U0ONCALL");
  expect(read(lab, "Deleted")).toContain("The guard deleted it, with everything green, to create it again.");
  // The card says how far it is and since when: the old deployment's, and then that of the new one. What is created at once has no third step.
  const working = cardReadings(readings).filter((text) => / step \d of 5, since /.test(text));
  const DOING = /^blue-green(-[0-9a-f]{8})? · (.+)\n[\s\S]*\n█+░* Recreating, step ([1-4]) of 5, since \d{4}-\d\d-\d\d \d\d:\d\d UTC\b/;
  const doing = working.map(
    (text) =>
      DOING.exec(text)
        ?.slice(1)
        .map((it) => it ?? "") ?? [text],
  );
  const steps = doing.map(([suffix, title, step]) => `${suffix ? "new" : "old"}: ${title}, ${step}`);
  expect([...new Set(steps)]).toEqual([
    "old: Being created again, 1",
    "old: Being created again, 2",
    "new: Building green, 4",
    "new: Being created again, 4",
  ]);
  expect(steps.filter((it) => it === "new: Building green, 4").length).toBeGreaterThan(5);
  expect(new Set(working).size).toBe(working.length);
  await lab.slack.sending.command(command);
  await expect.poll(() => lab.slack.ephemeral.map(messageText).at(-1)).toMatch(/^Switch blue-green-[0-9a-f]{8} over\?/);
  await idle(lab);
});

it("switchover-approved: asked for by one, approved by another, and both are named", async () => {
  const { lab } = await playWithSweeps(switchoverApproved);
  expect(told(lab).slice(READY.length + 1)).toEqual([
    "  @U0ONCALL wants to switch over orders-16",
    "  Being switched over",
    "  Switchover started",
    "  Sequences are being synchronised",
    "  Sequences synchronised",
    "  Switched over",
  ]);
  expect(read(lab, "Being switched over")).toContain("Asked for by @U0ONCALL, approved by @U0COLLEAGUE");
  expect(read(lab, "@U0ONCALL wants to switch over orders-16")).toContain("Approved by @U0COLLEAGUE: it begins.");
});

it("somebody-comes: the user group is mentioned twice, and then a colleague is on it", async () => {
  const { lab, said } = await playWithSweeps(somebodyComes);
  expect(told(lab).slice(READY.length)).toEqual([
    "  Ready to switch over",
    "  @S0DBA Replication is degraded: switchover is blocked",
    "  @S0DBA Nobody has taken this for 30 minutes: Degraded: cannot be switched over",
    "  @U0COLLEAGUE is on it",
  ]);
  expect(said).toContain("Colleague presses “I'm on it”.");
  expect(messageText(lab.slack.messages.find((it) => it.threadTs === undefined) ?? {})).toContain("Taken by @U0COLLEAGUE at ");
});
