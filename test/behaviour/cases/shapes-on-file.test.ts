import { describe, expect, it } from "vitest";
import { savedEvent } from "../../../lab/replay/saved-event.ts";
import { envelopeOf, openCase, readCase, type Said } from "../../support/cases/case-lab.ts";

const STAGING = readCase("replica-error");
const STOPPED: Said = {
  SourceType: "DB_INSTANCE",
  SourceIdentifier: "staging-green-x1y2z3",
  EventCategories: ["read replica"],
  Date: "2026-08-19T12:06:00.000Z",
  Message: "Replication has stopped.",
};
const envelope = (more: Record<string, unknown>, said: Partial<Said> = {}) => envelopeOf({ ...STOPPED, ...said }, 1, more);

// Source: AWS's sample events of 2018, whose SourceIdentifier is `rds:NAME` where the ARN says NAME, and which have no EventID.
describe("an event is found by the name in its ARN", () => {
  it.each<[string, object]>([
    ["though its identifier is `rds:NAME`, as in AWS's samples of 2018", envelope({ SourceIdentifier: "rds:staging-green-x1y2z3" })],
    ["though only the resources hold the ARN", envelope({ SourceIdentifier: "rds:staging-green-x1y2z3", SourceArn: undefined })],
    ["with an EventID of null and categories of `empty`", envelope({ EventID: null, EventCategories: ["empty"] })],
    ["without categories and tags", envelope({ EventCategories: undefined, Tags: null })],
  ])("%s", async (_what, event) => {
    const lab = await openCase(STAGING, { first: "before" });
    await lab.sweeps();
    await lab.receive(JSON.parse(JSON.stringify(event)));
    expect(lab.entries().filter((text) => text.startsWith("*Replication stopped*"))).toHaveLength(1);
    expect(await lab.stands()).toMatchObject({ phase: "waiting", replication: "stopped" });
  });
});

// Source: the README of sqlxpert/step-stay-stopped: an event without a message, whose date has no seconds.
it("a saved event whose fields are not as RDS sends them is refused by the name of the field", () => {
  const broken = { ...envelope({ Date: "2025-06-06T04:30Z", Message: undefined, EventID: "RDS-EVENT-0045" }) };
  expect(() => savedEvent(JSON.parse(JSON.stringify(broken)))).toThrow(/Date|Message/);
});
