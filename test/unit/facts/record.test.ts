import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "../../../src/facts/facts.ts";
import {
  type DeploymentRecord,
  databaseKey,
  deploymentIdOf,
  deploymentKey,
  hasUntold,
  NOTHING_TO_TELL,
  newRecord,
  rankOf,
} from "../../../src/facts/record.ts";
import type { Severity } from "../../../src/rules/rule.ts";
import { allTold, databasesOf, first } from "../../support/deployments/upgrade.ts";

const seen = { deployment: first(), databases: databasesOf(first()) };

const SIGNAL = { critical: "creation-failed", warning: "creation-held-up", good: "ready", info: "other-deployment-event" } as const;

function fact(severity: Severity, at: string): Fact {
  const report = {
    delivery: at,
    source: "look" as const,
    signal: SIGNAL[severity],
    at,
    sourceIdentifier: "db-cluster",
    message: "",
    reading: {},
  };
  return {
    id: `${severity}|${at}`,
    signal: SIGNAL[severity],
    severity,
    announce: false,
    once: false,
    reports: [report],
    dest: ["slack"],
  };
}

const record = (changes: Partial<DeploymentRecord>): DeploymentRecord => ({ ...newRecord("deployment#bgd-1"), seen, ...changes });
const rank = (...facts: Fact[]): string => rankOf(record({ facts })) ?? "closed";
const { posts } = allTold([fact("critical", "2024-02-05T06:00:00.000Z"), fact("info", "2024-02-05T06:00:00.000Z")], seen);
/** The names in the order in which the index of open records gives them. */
const inOrder = (ranks: Record<string, string>): string[] =>
  Object.keys(ranks).sort((a, b) => ((ranks[a] ?? "") < (ranks[b] ?? "") ? -1 : 1));

const EARLY = "2024-02-05T06:00:00.000Z";
const LATE = "2024-02-05T11:00:00.000Z";

describe("among all that is to be told", () => {
  it("critical comes first, then warnings, good news, the rest, cards alone, and what has nothing to tell", () => {
    const ranks = {
      quiet: rankOf(record({})) ?? "closed",
      card: rankOf(record({ refresh: true })) ?? "closed",
      info: rank(fact("info", EARLY)),
      good: rank(fact("good", EARLY)),
      warning: rank(fact("warning", EARLY)),
      critical: rank(fact("critical", LATE)),
    };
    expect(inOrder(ranks)).toEqual(["critical", "warning", "good", "info", "card", "quiet"]);
  });

  it("what has waited longest comes first among equals", () => {
    expect(inOrder({ late: rank(fact("critical", LATE)), early: rank(fact("critical", EARLY)) })).toEqual(["early", "late"]);
  });

  it("one critical fact brings all that its deployment has to tell to the front", () => {
    expect(inOrder({ info: rank(fact("info", EARLY)), both: rank(fact("info", EARLY), fact("critical", LATE)) })).toEqual(["both", "info"]);
  });

  it("what is told already does not count", () => {
    expect(rankOf(record({ facts: [fact("critical", EARLY), fact("info", LATE)], posts }))).toBe(rank(fact("info", LATE)));
    expect(rankOf(record({ facts: [fact("critical", EARLY)], posts }))).toBe(NOTHING_TO_TELL);
  });

  it("whatever has something to tell sorts before what has nothing", () => {
    const facts = fc.array(
      fc.record({ severity: fc.constantFrom<Severity>("info", "good", "warning", "critical") }).map((it) => fact(it.severity, EARLY)),
    );
    fc.assert(
      fc.property(facts, fc.boolean(), fc.boolean(), (list, refresh, isTold) => {
        const it = record({ facts: list, refresh: refresh || undefined, ...(isTold && { posts }) });
        expect((rankOf(it) ?? "") < NOTHING_TO_TELL).toBe(hasUntold(it));
      }),
    );
  });
});

describe("a record is closed", () => {
  it.each<[string, Partial<DeploymentRecord>]>([
    ["once its deployment is gone and all is told", { gone: true, facts: [fact("info", EARLY)], posts }],
    ["once all is told of a database that no deployment was found for", { seen: undefined, facts: [fact("critical", EARLY)], posts }],
  ])("%s", (_, changes) => {
    expect(rankOf(record(changes))).toBeUndefined();
  });

  it.each<[string, Partial<DeploymentRecord>]>([
    ["while its deployment exists", {}],
    ["while it is gone and a fact is not told", { gone: true, facts: [fact("info", EARLY)] }],
    ["while it is gone and its card does not say so", { gone: true, refresh: true }],
    [
      "while an entry says less than is known",
      {
        gone: true,
        facts: [{ ...fact("info", EARLY), reports: [...fact("info", EARLY).reports, ...fact("info", LATE).reports] }],
        posts,
      },
    ],
  ])("not %s", (_, changes) => {
    expect(rankOf(record(changes))).toBeDefined();
  });
});

it("a record's key names its deployment, and a database's none", () => {
  expect(deploymentIdOf(deploymentKey("bgd-1"))).toBe("bgd-1");
  expect(deploymentIdOf(databaseKey("orders"))).toBeUndefined();
  expect(newRecord("database#orders")).toEqual({ key: "database#orders", version: 0, posts: [], facts: [] });
});
