import { expect, it } from "vitest";
import { utc, utcTime } from "../../../src/deployments/time-words.ts";

it("writes a moment as AWS's console does, to the minute or to the second", () => {
  expect(utc("2024-02-05T08:07:12.418Z")).toBe("2024-02-05 08:07 UTC");
  expect(utcTime("2024-02-05T08:07:12.418Z")).toBe("08:07:12 UTC");
});
