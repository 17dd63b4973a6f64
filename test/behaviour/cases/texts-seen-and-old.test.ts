import { describe, expect, it } from "vitest";
import { openCase, readCase } from "../../support/cases/case-lab.ts";

// Sources: texts seen in 363 real events (the pause of a switchover begins and ends); older revisions of AWS's table of events for
// RDS-EVENT-0245, 0249, 0252 and 0261.
const SHOP = readCase("texts-seen-and-old");
const TITLES = [
  "Connections to blue are ended",
  "Green takes over",
  "Connections to blue are ended",
  "Green takes over",
  "Switchover cancelled",
  "Switchover cancelled",
  "Creation failed",
  "Creation failed",
  "Switchover cancelled",
  "Switchover cancelled",
  "Switchover cancelled",
];
const REASONS = ["replication lag", "the target DB instance wasn't found", "timeout", "being in state rebooting"];

describe("texts that AWS has used are read, told with RDS's reason, and never told as something new", () => {
  it.each([
    ["by their events", false],
    ["though every event is lost", true],
  ])("%s", async (_way, lost) => {
    const told: string[] = [];
    for (const event of SHOP.events) {
      const lab = await openCase({ ...SHOP, now: new Date(Date.parse(event.Date) - 60_000).toISOString() }, { first: "before", lost });
      await lab.happens(event);
      await lab.sweeps();
      const [entry = ""] = lab.entries();
      told.push(/^\*(.*)\*$/m.exec(entry)?.[1] ?? "");
      const reason = REASONS.find((it) => event.Message.includes(it));
      if (reason) expect(entry).toContain(reason);
      if (/sequence/i.test(event.Message)) expect(entry).toContain("Sequences could not be synchronised in time.");
    }
    expect(told).toEqual(TITLES);
  });

  it.each([
    ["of an Aurora cluster", "CLUSTER", (text: string) => text.replaceAll(":db:shop", ":cluster:shop")],
    ["of an instance", "DB_INSTANCE", (text: string) => text],
  ] as const)("the beginning of the pause is told in RDS's own words: %s", async (_what, SourceType, change) => {
    const { answers, events, now } = readCase("texts-seen-and-old", change);
    const BlueGreenDeployments = answers["before"]?.BlueGreenDeployments ?? [];
    const lab = await openCase({ now, events, answers: { before: { BlueGreenDeployments, DBInstances: [] } } }, { first: "before" });
    await lab.happens(...events.slice(0, 1).map((event) => ({ ...event, SourceType })));
    expect(lab.entries().join("\n")).toContain("> Starting to terminate connections and user processes in the blue environment");
  });
});

describe("where RDS has said that it could not build green, the checklist of a switchover fails as the card does", () => {
  it.each(["because the target DB instance wasn't found", "of incompatible parameter settings"])("%s", async (why) => {
    const lab = await openCase(SHOP, { first: "before", lost: true });
    const failed = SHOP.events.find(({ EventID }) => EventID === "RDS-EVENT-0245");
    if (!failed) throw new Error("The case has the event.");
    await lab.happens({ ...failed, Message: `Creation of blue/green deployment failed ${why}.` });
    await lab.sweeps();
    const { phase, offers, checklist } = await lab.stands();
    expect({ phase, offers }).toEqual({ phase: "failed", offers: ["recreate"] });
    expect(checklist.find(({ id }) => id === "deployment-available")?.result).toBe("fail");
  });
});
