import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findDeployment, isNotFound } from "../../../src/deployments/find-deployment.ts";
import { NOT_FOUND } from "../../../src/messages/en/not-found.ts";
import { say } from "../../../src/messages/form.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { first } from "../../support/deployments/upgrade.ts";

const ORDERS = first({ id: "bgd-1", name: "orders-15" });
const OLD = first({ id: "bgd-2", name: "orders-15-old" });
const message = (found: ReturnType<typeof findDeployment>) => (isNotFound(found) ? say(NOT_FOUND, found, inTerminal) : found.id);

it("what changes something is found by its whole name or id, also where another begins with it", () => {
  expect(findDeployment([OLD, ORDERS], "orders-15")).toBe(ORDERS);
  expect(findDeployment([OLD, ORDERS], "bgd-2")).toBe(OLD);
});

it("a beginning never finds it, but says which it would be", () => {
  expect(message(findDeployment([ORDERS], "orders"))).toBe(
    'One deployment begins with "orders". What changes something takes the whole name or the id:\n  orders-15 (bgd-1)',
  );
  expect(message(findDeployment([OLD, ORDERS], "ord"))).toBe(
    'Several deployments begin with "ord". What changes something takes the whole name or the id:\n  orders-15 (bgd-1)\n  orders-15-old (bgd-2)',
  );
  fc.assert(
    fc.property(fc.nat({ max: OLD.name.length }), (length) => {
      const typed = OLD.name.slice(0, length);
      const found = findDeployment([ORDERS, OLD], typed);
      expect(isNotFound(found) || found.name === typed).toBe(true);
    }),
  );
});

it("what is only shown is found by a beginning that one has", () => {
  expect(findDeployment([OLD, ORDERS], "orders-15-", true)).toBe(OLD);
  expect(findDeployment([OLD, ORDERS], "orders-15", true)).toBe(ORDERS);
  expect(message(findDeployment([OLD, ORDERS], "ord", true))).toMatch(/^Several deployments begin with "ord"\. Say which:\n/);
});

it("two of one name are told apart by the id", () => {
  const twin = first({ id: "bgd-3", name: "orders-15" });
  expect(message(findDeployment([ORDERS, twin], "orders-15"))).toBe(
    'Several deployments are called "orders-15". Say which by its id:\n  orders-15 (bgd-1)\n  orders-15 (bgd-3)',
  );
});

// A name has up to 60 letters, digits and hyphens, so also the form of an id. Source: RDS API, CreateBlueGreenDeployment.
describe("a name that is another's id", () => {
  const id = "bgd-hy5ntvomddiv89r8";
  const victim = first({ id, name: "orders-15" });
  const other = first({ id: "bgd-wi89nwzglccsfake", name: id });

  it.each([true, false])("never wins over the id, nor makes it unclear which is meant: only shown: %j", (complete) => {
    expect(findDeployment([other, victim], id, complete)).toBe(victim);
    expect(findDeployment([victim, other], id, complete)).toBe(victim);
  });

  it.each([true, false])("does not take its place once it is gone, but is named with its own: only shown: %j", (complete) => {
    const found = message(findDeployment([other], id, complete));
    expect(found).toContain(`${id} (bgd-wi89nwzglccsfake)`);
    expect(findDeployment([other], "bgd-wi89nwzglccsfake", complete)).toBe(other);
  });

  it("of an emulator does not win either, whatever form its ids have", () => {
    const here = first({ id: "orders-15", name: "a" });
    expect(findDeployment([ORDERS, here], "orders-15")).toBe(here);
  });
});
