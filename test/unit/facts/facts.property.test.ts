import fc from "fast-check";
import { expect, it } from "vitest";
import { firstAt, type Report, readingOf, richest } from "../../../src/facts/facts.ts";
import { rules } from "../../../src/rules/index.ts";
import { factsOf } from "../../support/deployments/upgrade.ts";

const START = Date.parse("2024-02-05T00:00:00.000Z");

/** Reports in bursts of at most ten minutes, the bursts more than twenty apart: as RDS says the same thing more than once. */
const reports = fc
  .array(
    fc.array(
      fc.record({
        minute: fc.integer({ min: 0, max: 10 }),
        rule: fc.constantFrom(...rules),
        name: fc.constantFrom("orders", "orders-r1", "orders-green-a1b2c3"),
        reading: fc.record({ blue: fc.constantFrom("orders", "orders-r1"), reason: fc.string() }, { requiredKeys: [] }),
      }),
      { maxLength: 6 },
    ),
    { maxLength: 5 },
  )
  .map((bursts) =>
    bursts.flatMap((burst, index) =>
      burst.map(({ minute, rule, name, reading }, place): Report => {
        const at = new Date(START + (index * 31 + minute) * 60_000).toISOString();
        return { delivery: `${index}.${place}`, signal: rule.id, at, sourceIdentifier: name, message: "", reading };
      }),
    ),
  );

/** What readers see of facts, without the order in which they were written down. */
function told(all: readonly Report[]): string[] {
  const facts = factsOf(all).map((fact) => {
    const { id: _, reports, ...words } = fact;
    const deliveries = reports.map(({ delivery }) => delivery).sort();
    return JSON.stringify([words, deliveries, firstAt(fact), richest(fact), Object.entries(readingOf(fact)).sort()]);
  });
  return facts.sort();
}

it("comes to the same facts, with the same reports and words, in whatever order and however often reports arrive", () => {
  fc.assert(
    fc.property(
      reports.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length }))),
      ([all, shuffled]) => {
        expect(told(shuffled)).toEqual(told(all));
      },
    ),
  );
});
