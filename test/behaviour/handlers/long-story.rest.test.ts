import { expect, it } from "vitest";
import { bytes, flapping, isAllTold } from "../../support/flapping.ts";

const DAY = 24 * 60;

it("a record stays below 128 KB while replication stops and resumes each minute for fourteen days", () => {
  const record = flapping(14 * DAY, "Replication has stopped.", isAllTold);
  expect(bytes(record)).toBeLessThanOrEqual(128 * 1_024);
  expect(record.facts[0]?.reports[0]?.at).toBe("2024-02-05T00:00:00.000Z");
  expect(record.facts.at(-1)?.reports.at(-1)?.at).toMatch(/^2024-02-18T23:/);
});
