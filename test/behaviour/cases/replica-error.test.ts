import { describe, expect, it } from "vitest";
import { type Case, openCase, readCase } from "../../support/cases/case-lab.ts";

// Source of the first text: terraform-aws-modules/terraform-aws-notify-slack#195, as the RDS console showed it, without an id. It is how green
// breaks on MySQL and MariaDB.
const STAGING = readCase("replica-error");
const [SQL_ERROR = "", IO_ERROR = "", TERMINATED = ""] = STAGING.events.map(({ Message }) => Message);

const WAYS: [string, boolean][] = [
  ["by its event", false],
  ["though the event is lost", true],
];
const mariadb = readCase("replica-error", (text) => text.replaceAll("mysql", "mariadb"));

/** The case with one event alone, in other words if given. */
const saying = (message: string, of: Case = STAGING): Case => ({
  ...of,
  events: of.events.slice(0, 1).map((event) => ({ ...event, Message: message })),
});

async function played(published: Case, lost: boolean) {
  const lab = await openCase(published, { first: "before", lost });
  await lab.sweeps();
  await lab.happens(...published.events);
  await lab.sweeps();
  return lab;
}

describe.each(WAYS)("an error of green's replication is told with RDS's own reason, %s", (_way, lost) => {
  it.each<[string, Case, string]>([
    ["an SQL error", saying(SQL_ERROR), "SQLError: 1050, reason: Coordinator stopped"],
    ["an IO error", saying(IO_ERROR), "IOError: 1236, reason: Got fatal error 1236"],
    ["of MariaDB", saying(SQL_ERROR, mariadb), "SQLError: 1050, reason: Coordinator stopped"],
    // Source: RDS User Guide, USER_Events.Messages, note on RDS-EVENT-0045.
    [
      "full storage",
      saying("Replication on your DB instance has been stopped due to insufficient storage. Modify your storage."),
      "insufficient storage",
    ],
  ])("%s", async (_what, published, reason) => {
    const lab = await played(published, lost);
    const stands = await lab.stands();
    expect(stands).toMatchObject({ phase: "waiting", severity: "warning", replication: "stopped", offers: [] });
    expect(stands.checklist.find(({ id }) => id === "replication")).toMatchObject({
      result: "fail",
      reason: expect.stringContaining(reason),
    });
    expect(lab.card()).toBe(stands.card);
    expect(lab.entries().find((text) => text.startsWith("*Replication stopped*"))).toContain(reason);
  });

  // Source: RDS User Guide, "Monitoring read replication": after 30 days RDS terminates it; it does not resume.
  it.each<[string, string]>([
    ["after 30 days", TERMINATED],
    ["in the words of RDS-EVENT-0057", "Replication streaming has been terminated."],
    ["in PostgreSQL's words", "Streaming replication has been terminated."],
  ])("nobody waits for what RDS has terminated: %s", async (_what, message) => {
    const lab = await played(saying(message), lost);
    const stands = await lab.stands();
    expect(stands).toMatchObject({ phase: "degraded", severity: "critical", replication: "terminated", offers: ["recreate"] });
    expect(stands.checklist.find(({ id }) => id === "replication")?.result).toBe("fail");
    expect(JSON.stringify(stands)).not.toContain("undefined");
    expect(lab.entries().find((text) => text.startsWith("*Replication terminated*"))).toContain("It does not resume");
    expect(lab.said()).not.toMatch(/resume by itself|Do not switch over yet/);
  });
});

// The situation that led to a switchover in part in a public rehearsal: a replica of green had stopped.
describe("the checklist knows what the card knows", () => {
  const stopped = saying("Replication has stopped.");

  it.each(WAYS)("where green stopped following blue, %s", async (_way, lost) => {
    const lab = await played(stopped, lost);
    const { phase, offers, checklist, card } = await lab.stands();
    expect({ phase, offers }).toEqual({ phase: "waiting", offers: [] });
    expect(checklist.find(({ id }) => id === "replication")?.result).toBe("fail");
    expect(lab.card()).toBe(card);
    expect(lab.severities()[card.split("\n")[0] ?? ""]).toMatch(/info|warning/);
  });

  it("where it is a replica of green that stopped", async () => {
    const canal = readCase("partial-switchover");
    const lab = await played({ ...canal, events: canal.events.slice(0, 1) }, true);
    const { phase, offers, checklist } = await lab.stands();
    expect({ phase, offers }).toEqual({ phase: "waiting", offers: [] });
    expect(checklist.find(({ id }) => id === "replication")).toMatchObject({
      result: "fail",
      reason: expect.stringContaining("canal-reader-green-abcdef"),
    });
  });

  it("and lets go of it once it has resumed", async () => {
    const lab = await played(stopped, true);
    const at = new Date(lab.clock.now() + 60_000).toISOString();
    const [event] = stopped.events;
    if (event) await lab.happens({ ...event, Date: at, Message: "Replication for the Read Replica resumed." });
    await lab.sweeps();
    expect(await lab.stands()).toMatchObject({ phase: "ready", offers: ["switchover"] });
    expect(lab.entries().filter((text) => text.startsWith("*Ready to switch over*"))).toHaveLength(2);
  });
});
