import type { Reasons } from "../../../../src/operations/says/reasons.ts";
import type { Said } from "../../../../src/operations/says/sayings.ts";
import type { Check } from "../../../../src/plans/checks.ts";
import type { NotDeleted } from "../../../../src/plans/safe-to-delete.ts";
import { ARN, AT, BLUE, coded, DEPLOYMENT, type Each, GREEN, GREEN_WRITER, NEW, ONCALL, WRITER } from "./each.ts";
import { obstacle } from "./readiness.ts";

const { id, name } = DEPLOYMENT;
const by = ONCALL;
const OWNER = "arn:aws:lambda:ap-northeast-1:123456789012:function:recreate:1/durable-execution/0f9a2c41";
const UNCLEAR: Said = { code: "switchover-unclear", deployment: DEPLOYMENT };
const REFUSED: Said = { code: "deletion-refused", deployment: DEPLOYMENT, why: { code: "aws-said", text: "Rate exceeded" } };
const NO_BACKUPS: Check = { id: "backups", result: "fail", found: { code: "no-backups" } };

const NOT_DELETED: Each<NotDeleted> = {
  "deployment-unknown": { deploymentId: id },
  "another-deployment": { deploymentId: id, answered: NEW.id },
  "status-forbids": [
    { deploymentId: id, status: "SWITCHOVER_IN_PROGRESS", onRequest: false },
    { deploymentId: id, status: "PROVISIONING", onRequest: true },
  ],
  "member-switched": { name: WRITER, status: "SWITCHOVER_COMPLETED" },
  "member-failed": { name: WRITER },
  "green-is-production": {},
  "green-is-partly-production": {},
  "production-not-known": {},
  "no-target": { deploymentId: id },
  "no-member-target": { deploymentId: id },
  "not-a-green-name": { name: "orders" },
  "source-and-target": { name: BLUE, deploymentId: id },
  "another-source": { name: "orders", asked: BLUE },
  "blue-replaced": [
    { name: BLUE, found: "cluster-B", asked: "cluster-A" },
    { name: BLUE, asked: "cluster-A" },
  ],
};

/** Why an operation does not begin, does not go on, or has not done what was asked for. */
export const REASONS: Each<Reasons> = {
  "no-resource-id": {},
  "at-work": { operation: "recreate", since: AT, owner: OWNER },
  undecided: { operation: "switchover", since: AT, how: UNCLEAR },
  quiet: { by, until: AT },
  "quiet-until-its-end": { by },
  "left-open": { operation: "switchover", since: AT },
  "no-such-request": { requestId: "0f9a2c41" },
  "request-lost": [{}, { requestId: "0f9a2c41" }],
  "request-ended": { at: AT, how: { code: "nothing-changed" } },
  "not-approved": {},
  "request-cancelled": { by },
  "request-lapsed": { validUntil: AT },
  "request-unusable": {},
  "nothing-began": [
    { validUntil: AT, approved: true },
    { validUntil: AT, approved: false, next: { code: "policy-finds-it-mended" } },
  ],
  "decided-too-long-ago": { since: AT },
  "claim-lost": [{}, { owner: OWNER }],
  "ended-already": { at: AT },
  "carried-out-by": [{}, { execution: OWNER }],
  cancelled: { by, at: AT },
  "cancelled-before-its-beginning": { by },
  "broken-off": [{ execution: OWNER, status: "TIMED_OUT" }, { execution: OWNER }],
  "ended-by-force": { by, why: { code: "broken-off", execution: OWNER, status: "STOPPED" } },
  "not-on-the-bus": {},
  "nobody-to-approve": {},
  "left-alone": { since: REFUSED },
  "recreated-too-often": { times: 2, most: 2 },
  "policy-asks-for-less": { applies: "ask" },
  "policy-finds-it-gone": {},
  "policy-finds-it-mended": {},
  "policy-finds-production-unknown": {},
  "switchover-has-failed": {},
  "green-is-protected": {},
  "plan-needs-a-person": [{}, { now: true }],
  "too-old-to-confirm": { id },
  "degradation-not-listed": {},
  "announcement-not-taken": {},
  "a-person-is-asked": { doubt: { code: "green-is-protected" } },
  held: { by, at: AT },
  "person-at-work": { operation: "switchover", owner: OWNER },
  checks: { checks: [NO_BACKUPS] },
  "checks-found": { checks: [NO_BACKUPS] },
  "checks-forbid-creation": { checks: [NO_BACKUPS] },
  "checks-forbid-switchover": { checks: [{ id: "tasks", result: "fail", found: { code: "members-absent", until: "wait" } }] },
  "green-stays": coded(NOT_DELETED).map((why) => ({ why })),
  "not-listed": [
    { id, operation: "recreate" },
    { id, operation: "switchover" },
  ],
  "not-listed-once": { id },
  "no-cluster-group": { blue: "orders" },
  "fields-missing": [
    {
      name,
      asked: { targetEngineVersion: "15.5" },
      missing: [
        { field: "targetDBClusterParameterGroupName", why: { code: "not-shown" } },
        { field: "targetDBParameterGroupName", why: { code: "not-built" } },
      ],
    },
    { name, asked: {}, missing: [{ field: "targetEngineVersion", why: { code: "no-green" } }] },
    {
      name,
      asked: {},
      missing: [{ field: "targetEngineVersion", why: { code: "no-green", failure: { status: "INVALID_CONFIGURATION" } } }],
    },
    {
      name,
      asked: {},
      missing: [{ field: "targetEngineVersion", why: { code: "creation-failed", failure: { task: "DB_ENGINE_VERSION_UPGRADE" } } }],
    },
  ],
  "begun-otherwise": { fields: [{ field: "targetEngineVersion", begun: "15.5" }, { field: "targetDBParameterGroupName" }] },
  "blue-not-known": { arn: ARN },
  "plan-outdated": {},
  gone: { id },
  "not-named-as-green": { name: "orders" },
  "not-a-target": { name: GREEN },
  "unprotecting-refused": { text: "Rate exceeded" },
  "deletion-not-begun": { deployment: DEPLOYMENT },
  "deletion-not-by-old-plan": { deployment: DEPLOYMENT },
  "deletion-refused-perhaps": {},
  "gave-up-deletion": { by },
  "green-kept": { names: [GREEN, GREEN_WRITER] },
  "other-created": { deployment: NEW },
  "created-without-id": {},
  "blue-replaced": { name: BLUE, found: "cluster-B", expected: "cluster-A" },
  "gave-up-creation": { by, id: NEW.id },
  "new-gone": { id: NEW.id },
  "new-being-deleted": { id: NEW.id },
  "never-ready": [
    { id: NEW.id, status: "INVALID_CONFIGURATION", details: "The parameter group is of another family." },
    { id: NEW.id, status: "PROVISIONING", task: "DB_ENGINE_VERSION_UPGRADE" },
  ],
  "degraded-again": { id: NEW.id, at: AT, text: "Replication has been degraded" },
  "switching-over-already": {},
  "switched-over-since": {},
  "switchover-failed-since": {},
  "status-since": { status: "MADE_UP" },
  "other-blue": {},
  "refused-as-not-ready": {},
  "refused-for-ten-minutes": {},
  "somebody-else-switches": { at: AT, text: "Switchover started." },
  "switchover-refused": { text: "The deployment is not available" },
  "green-not-ready": { obstacles: [obstacle("database", "storage-optimization", true, { percent: "42" })] },
  "end-not-sure": {},
  "deleted-meanwhile": {},
  "in-part": {
    members: [
      { name: BLUE, isSwitched: true, version: "15.5" },
      { name: WRITER, isSwitched: false, status: "SWITCHOVER_FAILED", version: "14.10" },
      { name: "db-instance-reader", isSwitched: false },
    ],
  },
  "failed-without-reason": {},
  "rolled-back": [{ text: "Switchover timed out" }, { text: "Replication is broken", degraded: true }],
  "not-told": [
    { status: "AVAILABLE", events: [] },
    { status: "MADE_UP", events: [{ at: AT, text: "Switchover started." }] },
  ],
  "aws-said": { text: "Rate exceeded" },
  "looked-at-in-vain": { text: "Rate exceeded" },
};
