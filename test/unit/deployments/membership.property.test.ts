import fc from "fast-check";
import { expect, it } from "vitest";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { sideOf } from "../../../src/deployments/membership.ts";
import type { RdsEvent } from "../../../src/events/rds-event.ts";
import { cluster, event, first, instance, joined, second } from "../../support/deployments/upgrade.ts";

interface Pair {
  blue: string;
  green: string;
}

const suffix = fc.stringMatching(/^[a-z0-9]{6}$/);
const name = fc.stringMatching(/^[a-z](-?[a-z0-9]){0,20}$/).filter((it) => !/-old\d+$|-green-[a-z0-9]{6}$/.test(it));
const pairs = fc
  .uniqueArray(fc.record({ blue: name, code: suffix }), { minLength: 1, maxLength: 5, selector: (pair) => pair.blue })
  .map((list) => list.map(({ blue, code }): Pair => ({ blue, green: `${blue}-green-${code}` })));

const old = ({ blue }: Pair): string => `${blue}-old1`;

/** What the API lists while green is built, when it stands, in the middle of the renames, and after them. */
function times(members: Pair[], arnOf: (pair: Pair, index: number) => (name: string) => string): Record<string, Deployment> {
  const listed = (source: (pair: Pair) => string, target?: (pair: Pair) => string): Partial<Deployment> => {
    const list = members.map((pair, index) => ({
      source: arnOf(pair, index)(source(pair)),
      target: target && arnOf(pair, index)(target(pair)),
    }));
    return { source: list[0]?.source ?? "", target: list[0]?.target, members: list };
  };
  return {
    building: first({ ...listed((it) => it.blue), status: "PROVISIONING" }),
    before: first(
      listed(
        (it) => it.blue,
        (it) => it.green,
      ),
    ),
    during: first({
      ...listed(
        (it) => it.blue,
        (it) => it.green,
      ),
      status: "SWITCHOVER_IN_PROGRESS",
    }),
    renamed: first({ ...listed(old, (it) => it.blue), status: "SWITCHOVER_IN_PROGRESS" }),
    after: first({ ...listed(old, (it) => it.blue), status: "SWITCHOVER_COMPLETED" }),
  };
}

function eventOf(index: number, sourceIdentifier: string): RdsEvent {
  return event({ sourceType: index === 0 ? "db-cluster" : "db-instance", sourceIdentifier, date: "2024-02-05T12:00:00.000Z" });
}

it("joins every member to its deployment by every name of every time, and to no other, whatever the API shows by then", () => {
  const arnOf = (_: Pair, index: number) => (index === 0 ? cluster : instance);
  const stranger = second({ createTime: "2024-02-05T00:00:00.000Z" });
  fc.assert(
    fc.property(pairs, (members) => {
      fc.pre(members.every(({ blue }) => !blue.startsWith("db-")));
      for (const deployment of Object.values(times(members, arnOf))) {
        members.forEach((pair, index) => {
          for (const name of [pair.blue, pair.green, old(pair)]) {
            expect(joined(eventOf(index, name), stranger, deployment)).toBe(deployment.id);
            expect(joined(eventOf(index, name), stranger)).toBeUndefined();
          }
          expect(sideOf(eventOf(index, pair.green), deployment)).toBe("green");
          expect(sideOf(eventOf(index, old(pair)), deployment)).toBe("old blue");
        });
      }
    }),
  );
});
