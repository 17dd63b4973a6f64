import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeploymentView, Member } from "../../../src/deployments/deployment.ts";
import { notDeleted } from "../../../src/messages/en/not-deleted.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { type Deletion, type DeletionRequest, safeToDelete, toAskFor } from "../../../src/plans/safe-to-delete.ts";
import { viewOf } from "../../support/deployments/recreating.ts";
import { cluster, first, instance, second } from "../../support/deployments/upgrade.ts";

const BLUE = { arn: cluster("db-cluster"), resourceId: "cluster-BLUE" };
const GREEN = cluster("db-cluster-green-ak5mgh");
const request: DeletionRequest = { deploymentId: "bgd-hy5ntvomddiv89r8", blue: BLUE, production: "blue", intended: false };
const view = (changes: Parameters<typeof first>[0] = {}) => viewOf(first(changes), { "db-cluster": { resourceId: "cluster-BLUE" } });
const [pair = {}, writer = {}] = first().members;

/** Why it is refused, in words; undefined if it is not. */
const refusal = (it: Deletion) => (it.verdict === "refuse" ? notDeleted(it.why, inTerminal) : undefined);

/** How a deployment that may be deleted is made one that may not, clause by clause, and what the refusal says. */
const VIOLATIONS: [clause: string, violate: (view: DeploymentView) => DeploymentView, reason: RegExp][] = [
  ["another deployment than the request's", having({ id: "bgd-other" }), /answered with deployment bgd-other/],
  ["status PROVISIONING", having({ status: "PROVISIONING" }), /is PROVISIONING/],
  ["status SWITCHOVER_FAILED", having({ status: "SWITCHOVER_FAILED" }), /is SWITCHOVER_FAILED/],
  ["status SWITCHOVER_IN_PROGRESS", having({ status: "SWITCHOVER_IN_PROGRESS" }), /is SWITCHOVER_IN_PROGRESS/],
  ["status SWITCHOVER_COMPLETED", having({ status: "SWITCHOVER_COMPLETED" }), /is SWITCHOVER_COMPLETED/],
  ["status DELETING that is not the guard's own work", having({ status: "DELETING" }), /is DELETING: then green is never deleted/],
  ["a status that is new", having({ status: "SWITCHING_BACK" }), /is SWITCHING_BACK/],
  ["no status", having({ status: "" }), /without a status/],
  [
    "a member that is being switched over",
    having({ members: [pair, { ...writer, status: "SWITCHOVER_IN_PROGRESS" }] }),
    /may be production/,
  ],
  ["a member that was switched over", having({ members: [{ ...pair, status: "SWITCHOVER_COMPLETED" }, writer] }), /may be production/],
  [
    "a member whose switchover failed",
    having({ members: [pair, { ...writer, status: "SWITCHOVER_FAILED" }] }),
    /db-instance-writer is SWITCHOVER_FAILED: then green is deleted only where a person asks for just that/,
  ],
  ["no target", having({ target: undefined }), /does not show the deployment's green yet/],
  ["no member with a target", having({ members: [{ ...pair, target: undefined }] }), /does not show any green database/],
  ["no member", having({ members: [] }), /does not show any green database/],
  ["a target that is not named like green", having({ target: cluster("db-cluster") }), /The name of db-cluster does not end in -green-/],
  ["a target whose green suffix is too short", having({ target: cluster("db-cluster-green-abc") }), /does not end in -green-/],
  ["a target that was named on", having({ target: cluster("db-cluster-green-ak5mgh-2") }), /does not end in -green-/],
  [
    "a member's target that is not named like green",
    having({ members: [pair, { ...writer, target: instance("db-instance-writer") }] }),
    /The name of db-instance-writer does not end in -green-/,
  ],
  ["a source that is the target of a pair", having({ members: [{ ...pair, source: GREEN }, writer] }), /as blue and as green/],
  ["another source", having({ source: cluster("other") }), /Blue is other/],
  [
    "another blue under the same name",
    (it) => viewOf(it.deployment, { "db-cluster": { resourceId: "cluster-NEW" } }),
    /is another database by now/,
  ],
  [
    "a blue that does not exist",
    (it) => ({ ...it, databases: it.databases.filter(({ arn }) => arn !== BLUE.arn) }),
    /^Blue db-cluster does not exist any more/,
  ],
];

function having(changes: Parameters<typeof first>[0]): (view: DeploymentView) => DeploymentView {
  return (it) => ({ ...it, deployment: { ...it.deployment, ...changes } });
}

describe("green may be deleted", () => {
  it.each(["AVAILABLE", "INVALID_CONFIGURATION"])("where the deployment is %s and all else is in order", (status) => {
    expect(safeToDelete(view({ status }), request)).toEqual({ verdict: "delete" });
  });

  it.each(["SWITCHOVER_FAILED", "PROVISIONING"] as const)("where it is %s and a person asked for just that", (status) => {
    expect(safeToDelete(view({ status }), { ...request, askedFor: status })).toEqual({ verdict: "delete" });
    const other = status === "PROVISIONING" ? "SWITCHOVER_FAILED" : "PROVISIONING";
    expect(safeToDelete(view({ status }), { ...request, askedFor: other })).toMatchObject({ verdict: "refuse" });
  });

  it.each(["AVAILABLE", "INVALID_CONFIGURATION"])(
    "where a member's switchover failed, it is %s, and a person asked for just that",
    (status) => {
      const failed = view({ status, members: [pair, { ...writer, status: "SWITCHOVER_FAILED" }] });
      expect(toAskFor(failed.deployment)).toBe("SWITCHOVER_FAILED");
      expect(safeToDelete(failed, { ...request, askedFor: "SWITCHOVER_FAILED" })).toEqual({ verdict: "delete" });
      expect(safeToDelete(failed, { ...request, askedFor: "PROVISIONING" })).toMatchObject({ verdict: "refuse" });
    },
  );

  it("where a member of green was deleted by hand and others are left", () => {
    const members: Member[] = [pair, { ...writer, target: undefined, status: "MISSING_TARGET" }];
    expect(safeToDelete(view({ members }), request)).toEqual({ verdict: "delete" });
  });

  it("where resource ids are not unique and the request names none", () => {
    expect(safeToDelete(viewOf(), { ...request, blue: { arn: BLUE.arn } })).toEqual({ verdict: "delete" });
  });
});

it.each([
  ["AVAILABLE", undefined],
  ["INVALID_CONFIGURATION", undefined],
  ["PROVISIONING", "PROVISIONING"],
  ["SWITCHOVER_FAILED", "SWITCHOVER_FAILED"],
])("what a person has to ask for of %s is %s", (status, asked) => {
  expect(toAskFor(view({ status }).deployment)).toBe(asked);
});

describe("green is not deleted", () => {
  it.each(VIOLATIONS)("with %s", (_clause, violate, reason) => {
    expect(refusal(safeToDelete(violate(view()), request))).toMatch(reason);
  });

  it.each([
    ["green", /^Green bears blue's names: it is production\.$/],
    ["mixed", /^Some of blue's names lead to green/],
    ["unknown", /^It is not known which side is production/],
  ] as const)("where %s is production, by the record of the first look, though all else is in order", (production, reason) => {
    expect(refusal(safeToDelete(view(), { ...request, production }))).toMatch(reason);
  });

  it("after the switchover of the real upgrade, whatever the status says", () => {
    for (const status of ["AVAILABLE", "INVALID_CONFIGURATION", "SWITCHOVER_COMPLETED"]) {
      const switched = second({ id: request.deploymentId, status });
      expect(safeToDelete(viewOf(switched), { ...request, blue: { arn: switched.source } })).toMatchObject({ verdict: "refuse" });
    }
  });

  it("while names change hands: a target that already bears blue's name", () => {
    const members = [{ ...pair, target: cluster("db-cluster") }, writer];
    expect(safeToDelete(view({ members }), request)).toMatchObject({ verdict: "refuse" });
  });

  it("any deployment with one clause violated, however the rest of it looks", () => {
    const status = fc.constantFrom("AVAILABLE", "INVALID_CONFIGURATION");
    const suffix = fc.stringMatching(/^[a-z0-9]{6}$/);
    const readers = fc.array(fc.tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/), suffix), { maxLength: 4 });
    fc.assert(
      fc.property(status, readers, fc.constantFrom(...VIOLATIONS), (status, readers, [, violate]) => {
        const more = readers.map(([name, end]) => ({
          source: instance(name),
          target: instance(`${name}-green-${end}`),
          status: "AVAILABLE",
        }));
        const healthy = view({ status, members: [pair, writer, ...more] });
        expect(safeToDelete(healthy, request)).toEqual({ verdict: "delete" });
        expect(safeToDelete(violate(healthy), request).verdict).toBe("refuse");
      }),
    );
  });
});

describe("after the guard wrote down that it deletes", () => {
  const intended = { ...request, intended: true };

  it("a deployment that is being deleted, or is gone, counts as done", () => {
    expect(safeToDelete(view({ status: "DELETING" }), intended)).toEqual({ verdict: "done" });
    expect(safeToDelete(undefined, intended)).toEqual({ verdict: "done" });
  });

  it("one that stands is judged again as before", () => {
    expect(safeToDelete(view(), intended)).toEqual({ verdict: "delete" });
    expect(safeToDelete(view({ status: "SWITCHOVER_COMPLETED" }), intended)).toMatchObject({ verdict: "refuse" });
  });
});

it("a deployment that RDS does not know is not taken for done where nobody meant to delete it", () => {
  expect(refusal(safeToDelete(undefined, request))).toContain("RDS does not list the deployment: there is nothing to");
});
