import { describe, expect, it } from "vitest";
import { type Case, openCase, readCase } from "../../support/cases/case-lab.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";

// Measured on an account in us-east-1 on 2026-08-19: DescribeEvents refuses a StartTime of exactly 14 days ago, and the whole window with it
// (InvalidParameterCombination, "Events occurring more than 14 days in the past are not available."), and takes one of a minute later.
const BILLING = readCase("older-than-14-days");
const created = (at: string) => readCase("older-than-14-days", (text) => text.replace("2026-07-30T08:00:00Z", at));
const DAY = 24 * 60 * MINUTE;

/** The case with its event so much later. */
const later = (ms: number): Case => ({
  ...BILLING,
  events: BILLING.events.map((event) => ({ ...event, Date: new Date(Date.parse(event.Date) + ms).toISOString() })),
});

describe("an event about a deployment of this age is told though it was lost, and no window is refused", () => {
  it.each<[string, Case]>([
    ["20 days", BILLING],
    ["exactly 14 days", created("2026-08-05T12:00:00Z")],
    ["14 days and 12 hours", created("2026-08-05T00:00:00Z")],
    ["10 days", created("2026-08-09T08:00:00Z")],
  ])("%s", async (_age, published) => {
    const lab = await openCase(published, { first: "before", lost: true });
    await lab.sweeps();
    await lab.happens(...published.events);
    await lab.sweeps();
    expect(await lab.stands()).toMatchObject({ phase: "degraded", replication: "degraded", offers: ["recreate"] });
    expect(lab.entries().filter((text) => text.startsWith("*Replication is degraded"))).toHaveLength(1);
    expect(lab.rds.calls.filter(({ action, outcome }) => action === "DescribeEvents" && outcome !== "accepted")).toEqual([]);
    expect(lab.logged.map(({ message }) => message).filter((message) => message.includes("14 days"))).toEqual([]);
  });
});

it("a sweep that paused for longer than RDS lists events tells what is still listed", async () => {
  const published = later(5 * DAY);
  const lab = await openCase(published, { first: "before", lost: true });
  await lab.sweeps();
  await lab.happens(...published.events);
  await lab.clock.work(() => pass(lab, 12 * DAY));
  await lab.sweeps(2);
  expect(await lab.stands()).toMatchObject({ phase: "degraded" });
  expect(lab.rds.calls.filter(({ action, outcome }) => action === "DescribeEvents" && outcome !== "accepted")).toEqual([]);
});

it("what RDS does not list any more is unknown, and never a pass", async () => {
  const lab = await openCase(BILLING, { first: "before", lost: true });
  await lab.sweeps();
  const { checklist } = await lab.stands();
  expect(checklist.find(({ id }) => id === "replication")).toMatchObject({ result: "unknown", reason: expect.stringContaining("14 days") });
});
