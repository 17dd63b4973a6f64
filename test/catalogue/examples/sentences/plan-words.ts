import type { PlanNotes, PlanSteps } from "../../../../src/plans/plan.ts";
import type { NotCarriedOver } from "../../../../src/plans/spec/not-carried.ts";
import { BLUE, DEPLOYMENT, type Each, GREEN, GREEN_WRITER, NEW, WRITER } from "./each.ts";

const { id: deploymentId, name: deploymentName } = DEPLOYMENT;
const source = { kind: "cluster", name: BLUE };
const database = { kind: "db", name: GREEN_WRITER };

/** The steps of plans. */
export const STEPS: Each<PlanSteps> = {
  unprotect: { database: { kind: "cluster", name: GREEN } },
  delete: { deploymentId, deploymentName },
  "wait-deleted": {},
  create: { newName: NEW.name, source },
  "wait-created": {},
  "go-on": { newName: NEW.name, engineVersion: "15.5" },
  "switch-over": {
    deploymentId,
    deploymentName,
    pairs: [
      { from: BLUE, to: GREEN },
      { from: WRITER, to: GREEN_WRITER },
    ],
  },
  "refuse-writes": { timeoutSeconds: 300 },
  rename: {},
};

/** What else a person should know of a recreation. */
export const NOTES: Each<PlanNotes> = {
  age: { ms: 93 * 60_000 },
  "no-snapshot": {},
  "blue-stays": { source },
  clients: {},
  "protection-unknown": { database },
};

/** What green has and the new green will not have. */
export const NOT_CARRIED: Each<NotCarriedOver> = {
  "parameter-groups": [
    { given: "instance-15", others: ["reader-15"] },
    { given: "instance-15", others: ["reader-15", "reports-15"] },
  ],
  instances: { names: ["reports"] },
  "instance-class": { name: GREEN_WRITER, is: "db.r6g.xlarge", willBe: "db.r6g.large" },
  tags: { name: GREEN_WRITER, keys: ["team", "cost-center"] },
  storage: [
    {
      name: "orders-green-a1b2c3",
      is: { type: "gp3", allocated: 500, iops: 12_000, throughput: 500 },
      willBe: { type: "gp2", allocated: 200 },
    },
    { name: GREEN, is: { type: "aurora-iopt1" }, willBe: { type: "aurora" } },
  ],
  "storage-configuration": {},
  "by-hand": {},
};
