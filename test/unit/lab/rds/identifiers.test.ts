import { expect, test } from "vitest";
import { createIdentifiers } from "../../../../lab/rds/identifiers.ts";

/** Numbers that repeat from run to run (a linear congruential generator). */
function seeded(): () => number {
  let state = 42;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

test("the same chance gives the same identifiers, and one lab never the same twice", () => {
  const first = createIdentifiers(seeded());
  const second = createIdentifiers(seeded());
  const drawn = Array.from({ length: 100 }, () => first.greenSuffix());
  expect(Array.from({ length: 100 }, () => second.greenSuffix())).toEqual(drawn);
  expect(new Set(drawn).size).toBe(100);
});

test("identifiers have the forms of AWS's samples", () => {
  const identifiers = createIdentifiers(Math.random);
  expect(identifiers.deployment()).toMatch(/^bgd-[a-z0-9]{16}$/);
  expect(identifiers.greenSuffix()).toMatch(/^[a-z0-9]{6}$/);
  expect(identifiers.clusterResource()).toMatch(/^cluster-[A-Z0-9]{26}$/);
  expect(identifiers.instanceResource()).toMatch(/^db-[A-Z0-9]{26}$/);
});
