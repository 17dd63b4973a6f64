import fc from "fast-check";
import { expect, it } from "vitest";
import { baseOf, recreateName } from "../../../src/plans/recreate-name.ts";

const ID = "4f9c2a1e-7b3d-4c5f-8a90-d1e2f3a4b5c6";

it("the name is the base and eight characters of the request's id", () => {
  expect(recreateName("orders-upgrade", ID)).toBe("orders-upgrade-4f9c2a1e");
});

it("a long base is cut to 50 characters, and the cut leaves no hyphen", () => {
  expect(recreateName("a".repeat(60), ID)).toBe(`${"a".repeat(50)}-4f9c2a1e`);
  expect(recreateName(`${"a".repeat(49)}-bcd`, ID)).toBe(`${"a".repeat(49)}-4f9c2a1e`);
});

it("the base is the tag's where RDS would accept it as a name, else the deployment's own name", () => {
  const named = (tags: Record<string, string>) => baseOf({ name: "orders-upgrade-4f9c2a1e", tags });
  expect(named({ "bluegreen-guard:base": "orders-upgrade" })).toBe("orders-upgrade");
  expect(named({ "bluegreen-guard:base": "orders upgrade" })).toBe("orders-upgrade-4f9c2a1e");
  expect(named({})).toBe("orders-upgrade-4f9c2a1e");
});

it("a base that is no name and an id that is too short are refused with what was given", () => {
  expect(() => recreateName("9lives", ID)).toThrow('"9lives" cannot begin the name');
  expect(() => recreateName("orders", "a-b-c")).toThrow('Request id "a-b-c" has 3 letters and digits');
});

it("every name that RDS accepts makes a name that RDS accepts, the same each time and another for another request", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-zA-Z](-?[a-zA-Z0-9]){0,59}$/).filter((it) => it.length <= 60),
      fc.uuid(),
      (base, id) => {
        const name = recreateName(base, id);
        expect(name).toMatch(/^[a-zA-Z](?:-?[a-zA-Z0-9]+)*$/);
        expect(name.length).toBeLessThanOrEqual(60);
        expect(recreateName(base, id)).toBe(name);
        expect(name.endsWith(id.slice(0, 8))).toBe(true);
      },
    ),
  );
});
