import { afterEach, beforeEach, expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import { auroraMajorUpgrade } from "../../../lab/stories/aurora-major-upgrade.ts";
import { changes, openTestLab, readings, type TestLab } from "../../support/lab/stage.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab();
});
afterEach(() => lab.close());

async function play(): Promise<string[]> {
  const said: string[] = [];
  const { aws, rds, clock } = lab;
  await clock.work(() => auroraMajorUpgrade.play({ aws, rds, clock, say: (line) => said.push(line) }));
  await lab.settled();
  return said;
}

it("tells a real upgrade, in order, once", async () => {
  const inOrder = changes(lab);
  await play();
  expect(inOrder).toEqual([
    "posted blue-green · Building green",
    "  posted Replication stopped",
    "  updated How green is built",
    "updated blue-green · Building green",
    "  updated How green is built",
    "  updated How green is built",
    "updated blue-green · Building green",
    "  updated How green is built",
    "updated blue-green · Building green",
    "  updated How green is built",
    "updated blue-green · Ready to switch over",
    "  posted Ready to switch over",
    "updated blue-green · Degraded: cannot be switched over",
    "  posted Replication is degraded",
    "  updated Replication is degraded",
    "updated blue-green · Deleted",
    "  posted Deleted",
    // Nobody has to come for it any more.
    "  updated Replication is degraded",
    "posted blue-green · Building green",
    "  posted Replication stopped",
    "  updated How green is built",
    "updated blue-green · Building green",
    "  updated How green is built",
    "  updated How green is built",
    "updated blue-green · Building green",
    "  updated How green is built",
    "updated blue-green · Building green",
    "  updated How green is built",
    "updated blue-green · Ready to switch over",
    "  posted Ready to switch over",
    "updated blue-green · Switching over",
    "  posted Switchover started",
    "  posted Sequences are being synchronised",
    "  posted Sequences synchronised",
    "  updated Switchover started",
    "updated blue-green · Switching over: 2 of 2 switched over",
    "updated blue-green · Switched over",
    "  posted Switched over",
  ]);
});

it("says which events are the lab's own, and sends the recorded texts unchanged", async () => {
  const said = await play();
  expect(said.some((line) => line.includes("No database runs here"))).toBe(true);
  const text = readings(lab).join("\n");
  expect(text).toContain("See the engine logs for the timestamp 2024-02-05-08");
});

it("gives its deployments ids of their own each time it is played, as RDS gives none twice", async () => {
  await play();
  const before = idsTold();
  expect(before).toHaveLength(2);
  await lab.close();
  lab = await openTestLab();
  await play();
  expect(new Set([...before, ...idsTold()]).size).toBe(4);
});

function idsTold(): string[] {
  return [...new Set(lab.slack.messages.flatMap((message) => messageText(message).match(/bgd-\w{16}/g) ?? []))];
}
