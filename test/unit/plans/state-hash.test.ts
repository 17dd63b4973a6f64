import fc from "fast-check";
import { expect, it } from "vitest";
import type { Deployment, DeploymentView } from "../../../src/deployments/deployment.ts";
import type { PlanStep } from "../../../src/plans/plan.ts";
import { stateHashOf } from "../../../src/plans/state-hash.ts";
import { type Changes, viewOf } from "../../support/deployments/recreating.ts";
import { cluster, first, instance } from "../../support/deployments/upgrade.ts";

const steps: PlanStep[] = [{ code: "wait-deleted" }, { code: "wait-created" }];
const of = (deployment: Partial<Deployment> = {}, changes: Changes = {}) =>
  stateHashOf({ view: viewOf(first(deployment), changes), steps });
const [pair = {}, writer = {}] = first().members;

it("the order in which the API lists members and databases changes nothing", () => {
  const readers = ["a", "b"].map((name) => ({ source: instance(name), target: instance(`${name}-green-a1b2c3`), status: "AVAILABLE" }));
  const members = [pair, writer, ...readers];
  const input = of({ members });
  fc.assert(
    fc.property(fc.shuffledSubarray(members, { minLength: 4 }), fc.boolean(), (members, isReversed) => {
      const view = viewOf(first({ members }));
      const databases = isReversed ? view.databases.toReversed() : view.databases;
      expect(stateHashOf({ view: { ...view, databases }, steps })).toBe(input);
    }),
  );
});

it.each<[string, Partial<Deployment>, Changes]>([
  ["the deployment", { id: "bgd-other" }, {}],
  ["the status", { status: "INVALID_CONFIGURATION" }, {}],
  ["a member's source", { members: [pair, { ...writer, source: instance("other") }] }, {}],
  ["a member's target", { members: [pair, { ...writer, target: instance("db-instance-writer-green-000000") }] }, {}],
  ["a member's status", { members: [pair, { ...writer, status: "MISSING_TARGET" }] }, {}],
  ["a member more", { members: [pair, writer, { source: instance("x") }] }, {}],
  ["the target", { target: cluster("db-cluster-green-000000") }, {}],
  ["green's version", {}, { "db-cluster-green-ak5mgh": { engineVersion: "15.6" } }],
  ["a green instance's parameter group", {}, { "db-instance-writer-green-8n9hio": { parameterGroups: [{ name: "other" }] } }],
  ["green's deletion protection", {}, { "db-cluster-green-ak5mgh": { configuration: { deletionProtection: true } } }],
])("%s changes it", (_what, deployment, changes) => expect(of(deployment, changes)).not.toBe(of()));

it("the plan's steps and the timeout change it", () => {
  const view: DeploymentView = viewOf();
  const all = [
    stateHashOf({ view, steps }),
    stateHashOf({ view, steps: [...steps, { code: "rename" }] }),
    stateHashOf({ view, steps: steps.toReversed() }),
    stateHashOf({ view, steps, timeout: 300 }),
    stateHashOf({ view, steps, timeout: 600 }),
  ];
  expect(new Set(all).size).toBe(all.length);
});

it("what a person asks for changes it, so that a guard which does not know of it refuses", () => {
  const view = viewOf();
  const all = [
    stateHashOf({ view, steps }),
    stateHashOf({ view, steps, asked: { targetEngineVersion: "16.4" } }),
    stateHashOf({ view, steps, asked: { targetEngineVersion: "16.5" } }),
    stateHashOf({ view, steps, asked: { targetDBParameterGroupName: "16.5" } }),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(stateHashOf({ view, steps, asked: {} })).toBe(all[0]);
});

it.each<[string, Partial<Deployment>, Changes]>([
  ["progress", { tasks: [{ name: "CREATE_DB_INSTANCES_FOR_CLUSTER", status: "IN_PROGRESS" }] }, {}],
  ["status details", { statusDetails: "something" }, {}],
  ["the time of creation", { createTime: "2024-02-06T00:00:00.000Z" }, {}],
  [
    "how far a parameter group is applied",
    {},
    { "db-instance-writer-green-8n9hio": { parameterGroups: [{ name: "instance-15", status: "applying" }] } },
  ],
  ["blue's own state", {}, { "db-cluster": { status: "backing-up", configuration: { backupRetentionPeriod: 7 } } }],
])("%s does not change it", (_what, deployment, changes) => expect(of(deployment, changes)).toBe(of()));
