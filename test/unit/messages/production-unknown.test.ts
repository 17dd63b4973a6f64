import { describe, expect, it } from "vitest";
import { standingOf } from "../../../src/standing/standing.ts";
import { threadEntryOf } from "../../../src/standing/thread-entry.ts";
import { db, describedView, pair, rehearsed } from "../../support/deployments/described.ts";
import { event, factsOf, reportOf } from "../../support/deployments/upgrade.ts";
import { cardText, entryText } from "./sent.ts";

// Green does not bear a name that RDS gives it: who was production before could only be guessed.
const deployment = rehearsed({ target: db("canal-next"), members: [pair("canal-primary", "canal-next")] });
const view = describedView(deployment);
const ofPrimary = { sourceType: "db-instance", sourceIdentifier: "canal-primary", date: "2026-08-15T11:00:41.000Z" } as const;

/** What the thread says of an event. */
function said(message: string): string {
  const facts = factsOf([reportOf(event({ ...ofPrimary, message }), deployment)]);
  const [fact] = facts;
  if (!fact) throw new Error("No rule reads it.");
  return entryText(threadEntryOf(fact, facts, standingOf({ view, facts })));
}

describe("while it is not known which side is production", () => {
  it.each([
    "Switchover from primary canal-primary to canal-next was canceled due to a long transaction.",
    "Switchover from canal-primary to canal-next was canceled due to failure to sync sequences.",
    "Replication has been degraded.",
  ])("no entry says that blue is, and none that green has to be deleted: %s", (message) => {
    expect(said(message)).not.toMatch(/still production|stays production|deleted and created again/);
  });

  it("a card is a warning, and has a person look which database bears which name", () => {
    const standing = standingOf({ view, facts: [] });
    expect(standing).toMatchObject({ phase: "waiting", severity: "warning", production: "unknown", offers: [] });
    expect(cardText(standing, true)).toContain("Look in the RDS console which database bears which name.");
    expect(cardText(standing, true)).not.toContain("/bluegreen switchover");
  });
});

it("a deployment without a status is said to have none", () => {
  const standing = standingOf({ view: describedView(rehearsed({ status: "" })), facts: [] });
  expect(cardText(standing)).toContain("Look at it in the RDS console: RDS says no status.");
});
