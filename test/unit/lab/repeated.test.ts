import { expect, it } from "vitest";
import { Repeated } from "../../../lab/repeated.ts";

const MINUTE = 60_000;

it("an error that is said over and over is said at first, and then once an hour with how often it came", () => {
  const errors = new Repeated();
  const said = Array.from({ length: 14 }, (_, index) => errors.line("Slack is down.", index * 10 * MINUTE));
  expect(said.filter((line) => line !== undefined)).toEqual([
    "Slack is down.",
    "Slack is down. (5 more times since it was said last)",
    "Slack is down. (5 more times since it was said last)",
  ]);
});

it("another error is said at once", () => {
  const errors = new Repeated();
  errors.line("Slack is down.", 0);
  expect(errors.line("RDS is down.", MINUTE)).toBe("RDS is down.");
});
