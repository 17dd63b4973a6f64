import { describe, expect, it } from "vitest";
import { standingOf } from "../../../src/standing/standing.ts";
import { describedView, IDS_BEFORE, rehearsed } from "../../support/deployments/described.ts";
import { event, factsOf, reportOf } from "../../support/deployments/upgrade.ts";
import { cardText } from "./sent.ts";

const GREEN = "canal-reader-green-abcdef";
const stopped = reportOf(
  event({ sourceType: "db-instance", sourceIdentifier: GREEN, message: "Replication has stopped.", date: "2026-08-15T10:58:10.000Z" }),
);

/** The card where RDS's API says so of replication to the reader's green. */
function shown(status: string | undefined, message?: string, reports = factsOf([])): string {
  const readReplication = status === undefined ? undefined : { status, message };
  const view = describedView(rehearsed(), IDS_BEFORE, { [GREEN]: { readReplication } });
  return cardText(standingOf({ view, facts: reports }), true);
}

// Source of the statuses: RDS User Guide, "Monitoring read replication".
describe("a card says of replication, as RDS's API shows it,", () => {
  it("that it runs, and that the API does not say since when", () => {
    expect(shown("replicating")).toContain(`*Replication*\nrunning, as the RDS API says of \`${GREEN}\`; it does not say since when`);
    expect(shown("replicating")).toContain("canal-rehearsal-bg · Ready to switch over");
  });

  it.each([
    ["replication degraded", "Degraded: cannot be switched over", "*degraded*", "/bluegreen recreate"],
    ["terminated", "Replication terminated: cannot be switched over", "*terminated*", "/bluegreen recreate"],
    ["error", "Built, but replication has an error", "*stopped with an error*", "look at green's error log"],
    ["stopped", "Built, but replication is stopped", "*stopped*", "look at green's error log"],
  ])("%s, and what to do", (status, title, word, next) => {
    const text = shown(status, "Error 1062: Duplicate entry '1' for key");
    expect(text).toContain(`canal-rehearsal-bg · ${title}`);
    expect(text).toContain(`*Replication*\n${word}, as the RDS API says of \`${GREEN}\``);
    expect(text).toContain("RDS says: Error 1062: Duplicate entry '1' for key");
    expect(text).toContain(next);
    expect(text).not.toContain("Ready to switch over");
  });

  it("nothing of DDL where replication was terminated: that has another cause", () => {
    expect(shown("terminated")).not.toContain("DDL");
    expect(shown("replication degraded")).toContain("Find what ran DDL on blue");
  });

  it("that neither event nor API has told, for RDS", () => {
    expect(shown(undefined)).toContain("*Replication*\nnot reported: neither an event nor the RDS API has told of it");
  });

  it("both, where an event and the API differ, and it is not ready", () => {
    const text = shown("replicating", undefined, factsOf([stopped]));
    expect(text).toContain("canal-rehearsal-bg · Built, but replication is stopped");
    expect(text).toContain(
      `RDS disagrees with itself: its event of 2026-08-15 10:58 UTC says stopped; its API says running of \`${GREEN}\`.`,
    );
  });
});
