import { expect, it } from "vitest";
import { creationFails } from "../../../../lab/stories/creation-fails.ts";
import { slackDown } from "../../../../lab/stories/slack-down.ts";
import { told } from "../../../support/lab/stage.ts";
import { BUILT, cardReadings, playWithSweeps, read } from "./play.ts";

it("creation-fails: the team is told why, and of the second try that it is ready", async () => {
  const { lab, readings } = await playWithSweeps(creationFails);
  expect(told(lab)).toEqual([
    "orders-16 · Deleted",
    ...BUILT,
    "  Creation failed",
    "  Deleted",
    "orders-16 · Ready to switch over",
    ...BUILT,
    "  Ready to switch over",
  ]);
  const reason = "incompatible parameter(s): max_replication_slots, and max_logical_replication_workers";
  expect(read(lab, "Creation failed")).toContain(`Reason: ${reason}`);
  const failed = cardReadings(readings).findLast((text) => text.startsWith("orders-16 · Failed"));
  expect(failed).toContain(`*Status details*\n${reason}`);
  expect(failed).toContain("2. Delete the deployment with green and create it again: ");
});

it("slack-down: after three hours the card is up to date, and the thread says all that happened, the alert first", async () => {
  const { lab } = await playWithSweeps(slackDown);
  expect(told(lab)).toEqual([
    "orders-16 · Degraded: cannot be switched over",
    "  Replication is degraded",
    ...BUILT,
    "  Was ready to switch over",
  ]);
  expect(lab.queue.depth()).toMatchObject({ visible: 0, inFlight: 0, delayed: 0 });
  expect(lab.queue.deadLetters.all()).toEqual([]);
  const [from, to] = outage(lab.slack.calls);
  expect((to - from) / 3_600_000).toBeGreaterThan(2.8);
});

/** When Slack refused first and last. */
function outage(calls: readonly { at: number; answer: { status: unknown } }[]): [number, number] {
  const refused = calls.filter(({ answer }) => answer.status === 503).map(({ at }) => at);
  return [Math.min(...refused), Math.max(...refused)];
}
