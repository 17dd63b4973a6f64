import { expect, it } from "vitest";
import { LAG_UNKNOWN } from "../../../../src/messages/en/lag.ts";
import { say } from "../../../../src/messages/form.ts";
import { inTerminal } from "../../../../src/messages/terminal/form.ts";

const ASKED = { name: "OldestReplicationSlotLag", instance: "db-instance-writer" };

it.each([
  [{ code: "no-data", ...ASKED }, "CloudWatch has no data of OldestReplicationSlotLag of db-instance-writer."],
  [
    { code: "negative", ...ASKED, value: -1 },
    "OldestReplicationSlotLag of db-instance-writer is -1, and AWS does not say what that means.",
  ],
  [{ code: "timed-out", call: "GetMetricData", seconds: 5 }, "GetMetricData was not answered within 5 s."],
  [
    { code: "not-read", ...ASKED, text: "Forbidden" },
    "CloudWatch could not read OldestReplicationSlotLag of db-instance-writer: Forbidden.",
  ],
] as const)("says why a lag is not known: %j", (why, words) => {
  expect(say(LAG_UNKNOWN, why, inTerminal)).toBe(words);
});
