import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withTaker } from "../../../src/facts/calls.ts";
import type { Fact } from "../../../src/facts/facts.ts";
import { UNTAKEN_MS } from "../../../src/facts/incident.ts";
import { type DeploymentRecord, newRecord } from "../../../src/facts/record.ts";
import { needOf } from "../../../src/standing/need.ts";
import type { Standing } from "../../../src/standing/standing.ts";
import { withCalled, withIncident, withReminder } from "../../../src/telling/incident.ts";

const START = Date.parse("2024-02-05T07:00:00.000Z");
const MINUTE = 60_000;
const mentions = ["now=S0ONCALL", "now=U0BOTH", "later=U0DBA", "later=U0BOTH"];
const TO = { mentions, commands: true };

type Stands = Pick<Standing, "urgency" | "severity">;
const NOBODY: Stands = { urgency: "none", severity: "info" };
const LATER: Stands = { urgency: "later", severity: "critical" };
const NOW: Stands = { urgency: "production", severity: "critical" };

const standing = (stands: Stands): Standing => ({ ...stands, id: "bgd-1" }) as Standing;
const fresh = (): DeploymentRecord => newRecord("deployment#bgd-1");

/** Everything that waits stands in Slack at that time. */
function posted(record: DeploymentRecord, now: number): DeploymentRecord {
  const posts = record.facts.map(({ id }) => ({ of: [id], in: "C1", ts: id, made: "" }));
  const isNew = (fact: Fact) => !record.posts.some(({ of }) => of.includes(fact.id));
  return withCalled({ ...record, posts }, record.facts.filter(isNew), now);
}

const callsIn = ({ facts }: DeploymentRecord) => facts.flatMap(({ calls = [] }) => calls);

describe("who is called", () => {
  it.each([
    ["none", "critical", undefined],
    ["later", "good", undefined],
    ["later", "info", undefined],
    ["later", "warning", "later"],
    ["now", "critical", "now"],
    ["production", "critical", "now"],
  ] as const)("with urgency %s and severity %s: %s", (urgency, severity, need) => expect(needOf({ urgency, severity })).toBe(need));

  it("is each once where it grows more urgent, though they are named for both", () => {
    const later = posted(withIncident(fresh(), standing(LATER), TO, START), START);
    expect(callsIn(later)).toEqual(["U0DBA", "U0BOTH"]);
    const now = withIncident(later, standing(NOW), TO, START + MINUTE);
    expect(callsIn(now)).toEqual(["U0DBA", "U0BOTH", "S0ONCALL"]);
    expect(withIncident(now, standing(LATER), TO, START + 2 * MINUTE)).toBe(now);
  });

  it("is nobody, and nothing is kept of it, where nobody is named and nobody can press", () => {
    const record = fresh();
    expect(withIncident(record, standing(NOW), {}, START)).toBe(record);
  });

  it("is nobody any more once somebody has taken it before the entry stands in Slack", () => {
    const begun = withIncident(fresh(), standing(LATER), TO, START);
    const taken = withTaker(begun, begun.incident?.since ?? "", { name: "oncall", id: "U1" }, START + MINUTE);
    expect(callsIn(taken)).toEqual([]);
    expect(taken.facts.map(({ signal }) => signal)).toEqual(["taken"]);
  });

  it("waits for what calls to stand in Slack: the 30 minutes begin then", () => {
    const begun = withIncident(fresh(), standing(LATER), TO, START);
    expect(withReminder(begun, standing(LATER), START + 2 * UNTAKEN_MS)).toBe(begun);
    const told = posted(begun, START + UNTAKEN_MS);
    expect(withReminder(told, standing(LATER), START + 2 * UNTAKEN_MS - 1)).toBe(told);
    expect(callsIn(withReminder(told, standing(LATER), START + 2 * UNTAKEN_MS))).toEqual(["U0DBA", "U0BOTH", "U0DBA", "U0BOTH"]);
  });
});

const step = fc.record({
  does: fc.constantFrom("stands", "tells", "takes", "reminds", "reminds"),
  stands: fc.constantFrom(NOBODY, LATER, NOW),
  minutes: fc.integer({ min: 0, max: 45 }),
  by: fc.constantFrom("U1", "U2"),
});

it("over any steps each is called once and once more an incident at most, never after somebody took it, and few facts are kept of it", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let [record, now, stands] = [fresh(), START, NOBODY];
      for (const { does, minutes, by, stands: next } of steps) {
        now += minutes * MINUTE;
        const before = record;
        if (does === "stands") stands = next;
        if (does === "tells") record = posted(record, now);
        if (does === "takes") record = withTaker(record, record.incident?.since ?? "", { name: by, id: by }, now);
        if (does === "reminds") record = withReminder(record, standing(stands), now);
        record = withIncident(record, standing(stands), TO, now);
        const { incident } = record;
        expect(incident === undefined).toBe(needOf(stands) === undefined);
        if (!incident) continue;
        const all = callsIn({ ...record, facts: record.facts.filter(({ id }) => incident.facts.includes(id)) });
        for (const id of new Set(all)) expect(all.filter((it) => it === id).length).toBeLessThanOrEqual(2);
        expect(incident.facts.length).toBeLessThanOrEqual(4);
        if (before.incident?.taken && before.incident.since === incident.since)
          expect(record.facts.filter(({ signal }) => signal === "not-taken").length).toBeLessThanOrEqual(
            before.facts.filter(({ signal }) => signal === "not-taken").length,
          );
      }
    }),
  );
});
