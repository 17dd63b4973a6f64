import fc from "fast-check";
import { expect, it } from "vitest";
import { firstAt, type Report, readingOf, richest } from "../../../src/facts/facts.ts";
import { logOwnerOf, reasonsOf } from "../../../src/facts/reasons.ts";
import { rules } from "../../../src/rules/index.ts";
import { factsOf } from "../../support/deployments/upgrade.ts";

const START = Date.parse("2024-02-05T00:00:00.000Z");

const REASONS = ["replica lag of 900 seconds", "timeout", "cancellation of the blue/green deployment's switchover"];
const binaryLog = fc.record({ file: fc.constantFrom("bin.000003", "bin.000007"), position: fc.constantFrom("536", "40134574") });

/** Reports in bursts of at most ten minutes, the bursts more than twenty apart: as RDS says the same thing more than once. */
const reports = fc
  .array(
    fc.array(
      fc.record({
        minute: fc.integer({ min: 0, max: 10 }),
        rule: fc.constantFrom(...rules),
        name: fc.constantFrom("orders", "orders-r1", "orders-green-a1b2c3"),
        side: fc.constantFrom("blue" as const, "green" as const, undefined),
        reading: fc.record(
          { blue: fc.constantFrom("orders", "orders-r1"), reason: fc.oneof(fc.string(), fc.constantFrom(...REASONS)), binaryLog },
          { requiredKeys: [] },
        ),
      }),
      { maxLength: 6 },
    ),
    { maxLength: 5 },
  )
  .map((bursts) =>
    bursts.flatMap((burst, index) =>
      burst.map(({ minute, rule, name, side, reading }, place): Report => {
        const at = new Date(START + (index * 31 + minute) * 60_000).toISOString();
        return { source: "event", delivery: `${index}.${place}`, signal: rule.id, at, sourceIdentifier: name, side, message: "", reading };
      }),
    ),
  );

/** The same reports twice, in any order. */
const shuffled = reports.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })));

/** What readers see of facts, without the order in which they were written down. */
function told(all: readonly Report[]): string[] {
  const facts = factsOf(all).map((fact) => {
    const { id: _, reports, ...words } = fact;
    const deliveries = reports.map(({ delivery }) => delivery).sort();
    const reading = Object.entries(readingOf(fact)).map((field) => JSON.stringify(field));
    return JSON.stringify([words, deliveries, firstAt(fact), richest(fact), reading.sort(), reasonsOf(fact)]);
  });
  return facts.sort();
}

it("comes to the same facts, with the same reports and words, in whatever order and however often reports arrive", () => {
  fc.assert(
    fc.property(shuffled, ([all, given]) => {
      expect(told(given)).toEqual(told(all));
    }),
  );
});

it("loses no reason and no coordinates, and lays neither at another database's door", () => {
  fc.assert(
    fc.property(shuffled, ([all, given]) => {
      const facts = factsOf(given);
      const reasons = facts.flatMap((fact) => reasonsOf(fact).map(({ database, reason }) => `${database}: ${reason}`));
      const coordinates = facts
        .filter(({ signal }) => signal === "binary-log-coordinates")
        .map((fact) => JSON.stringify([logOwnerOf(fact.reports[0] ?? { sourceIdentifier: "" }), readingOf(fact).binaryLog]));
      for (const { signal, sourceIdentifier, reading } of all) {
        if (reading.reason) expect(reasons).toContain(`${reading.blue ?? sourceIdentifier}: ${reading.reason}`);
        if (signal === "binary-log-coordinates" && reading.binaryLog)
          expect(coordinates).toContain(JSON.stringify([logOwnerOf({ sourceIdentifier }), reading.binaryLog]));
      }
    }),
  );
});
