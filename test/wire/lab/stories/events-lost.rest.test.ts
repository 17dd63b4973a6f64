import { expect, it } from "vitest";
import { messageText } from "../../../../lab/slack/text.ts";
import { eventsLost } from "../../../../lab/stories/events-lost.ts";
import { told } from "../../../support/lab/stage.ts";
import { BUILT, type Played, playWithSweeps } from "./play.ts";

// It is played twice.

it("events-lost: the same entries as without the loss, and the same cards", async () => {
  const lost = await playWithSweeps(eventsLost);
  const arrived = await playWithSweeps(eventsLost, { losses: false });
  expect(lost.lab.logged.filter(({ message }) => message === "RDS event")).toEqual([]);
  expect(told(lost.lab)).toEqual([
    "orders-16 · Deleted",
    ...BUILT,
    "  Ready to switch over",
    "  Replication is degraded",
    "  Deleted",
    "orders-16 · Switched over",
    ...BUILT,
    "  Ready to switch over",
    "  Switchover started",
    "  Sequences are being synchronised",
    "  Sequences synchronised",
    "  Switched over",
  ]);
  expect(finalTexts(lost)).toEqual(finalTexts(arrived));
});

/**
 * What stands in the channel in the end, without regard to the order, to when the guard looked (a sweep looks up to five minutes later) and to
 * ids, of which RDS gives none twice.
 */
function finalTexts({ lab }: Played): string[] {
  const same = (text: string) => text.replace(/(?<=the RDS API, looked at )[\d:]{8} UTC/g, "some time").replace(/bgd-\w{16}/g, "bgd-…");
  return lab.slack.messages.map((message) => same(messageText(message))).sort();
}
