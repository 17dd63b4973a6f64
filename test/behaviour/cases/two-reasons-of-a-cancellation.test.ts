import { describe, expect, it } from "vitest";
import { type Case, openCase, readCase } from "../../support/cases/case-lab.ts";

// Texts: AWS's templates of RDS-EVENT-0252 and RDS-EVENT-0261. One member says why, the others that the switchover was cancelled.
const CRM = readCase("two-reasons-of-a-cancellation");
const swapped: Case = {
  ...CRM,
  events: CRM.events.toReversed().map((event, index) => ({ ...event, Date: CRM.events[index]?.Date ?? "" })),
};
const CAUSE = "replica lag of 900 seconds";

describe.each([
  ["by its events", false],
  ["though every event is lost", true],
])("the cause of a cancelled switchover stays beside its consequence, %s", (_way, lost) => {
  it.each<[string, Case, string, string]>([
    ["the cause first", CRM, CAUSE, "crm-r1"],
    ["the cause last", swapped, CAUSE, "crm-r1"],
    [
      "another cause",
      readCase("two-reasons-of-a-cancellation", (text) => text.replace(CAUSE, "a long-running write")),
      "a long-running write",
      "crm-r1",
    ],
    [
      "the primary's own cause",
      readCase("two-reasons-of-a-cancellation", (text) =>
        text
          .replace(CAUSE, "LATER")
          .replace("cancellation of the blue/green deployment's switchover", "external replication")
          .replace("LATER", "cancellation of the blue/green deployment's switchover"),
      ),
      "external replication",
      "crm",
    ],
  ])("%s", async (_what, published, cause, database) => {
    const lab = await openCase(published, { first: "before", lost });
    await lab.sweeps();
    await lab.happens(...published.events);
    await lab.sweeps();
    const entries = lab.entries().filter((text) => text.startsWith("*Switchover cancelled*"));
    expect(entries).toHaveLength(1);
    expect(entries[0]?.match(/^Reason: .*$/m)?.[0]).toBe(`Reason: ${cause} (\`${database}\`)`);
    expect(await lab.stands()).toMatchObject({ phase: "ready", production: "blue", offers: ["switchover"] });
  });
});
