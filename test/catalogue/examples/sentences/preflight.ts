import type { PreflightFindings } from "../../../../src/plans/preflight/findings.ts";
import { ARN, BLUE, type Each, WRITER } from "./each.ts";

const ENGINE = { engine: "aurora-postgresql", version: "15.5" };
const UPGRADE = { engine: "aurora-postgresql", from: "14.10", to: "15.5" };
const GROUP = { kind: "cluster", name: "cluster-15" } as const;
const OF_GROUP = { ...ENGINE, name: GROUP.name, family: "aurora-postgresql14" };
const PARAMETER = { group: "cluster-14", parameter: "rds.logical_replication" };
const REFUSED = { code: "refused", call: "DescribeDBParameters", error: "AccessDenied", text: "User is not authorized" } as const;
const CREATE = { action: "rds:CreateBlueGreenDeployment", resource: ARN };
const PASS_ROLE = { action: "iam:PassRole", resource: "arn:aws:iam::123456789012:role/rds-monitoring" };
const ROLE = "arn:aws:iam::123456789012:role/oncall";

/** What the checks before a recreation can find. */
export const PREFLIGHT: Each<PreflightFindings> = {
  "not-answered": [
    { why: REFUSED, about: { what: "blue-parameters" } },
    { why: { code: "timed-out", call: "DescribeDBEngineVersions", seconds: 10 }, about: { what: "upgrade", ...UPGRADE } },
    { why: { ...REFUSED, call: "DescribeDBClusterParameterGroups" }, about: { what: "group", ...GROUP } },
    { why: { ...REFUSED, call: "DescribeDBEngineVersions" }, about: { what: "family", group: GROUP.name, ...OF_GROUP } },
    { why: { code: "principal-unknown" }, about: { what: "permissions" } },
  ],
  "blue-missing": { arn: ARN },
  "blue-available": {},
  "blue-busy": { databases: [{ name: WRITER, status: "backing-up" }] },
  "blue-not-available": { databases: [{ name: WRITER, status: "stopped" }] },
  "blue-status-unknown": {
    databases: [
      { name: BLUE, status: "made-up" },
      { name: WRITER, status: "" },
    ],
  },
  "writer-in-sync": {},
  "writer-sync-unknown": {},
  "writer-not-in-sync": [
    { name: WRITER, status: "pending-reboot", blocks: true },
    { name: WRITER, status: "pending-reboot", blocks: false },
  ],
  "replication-needs-nothing": {},
  "replication-group-unknown": {},
  "parameter-unknown": PARAMETER,
  "parameter-fits": { ...PARAMETER, value: "1" },
  "parameter-off": { ...PARAMETER, value: "0" },
  "binary-log-off": { group: "cluster-8-0", value: "OFF" },
  "binary-log-not-row": { group: "cluster-8-0", value: "MIXED" },
  "backups-kept": { days: 7 },
  "backups-unknown": {},
  "no-backups": {},
  "password-own": {},
  "password-managed": { name: BLUE },
  "password-unknown": {},
  "in-stack": { stacks: ["AuroraStack"] },
  "no-stack": {},
  "tags-unknown": {},
  "topology-supported": {},
  "topology-unsupported": [
    { by: [{ what: "multi-az-cluster" }] },
    { by: [{ what: "serverless-v1" }, { what: "global-secondary" }] },
    { by: [{ what: "replica", of: "orders" }] },
    { by: [{ what: "cross-region-replica", name: "orders", replica: "orders-eu" }] },
    { by: [{ what: "cascaded-replica", name: "orders-reader", replica: "orders-reader-2" }] },
  ],
  "topology-unknown": {},
  "engine-mode-unknown": {},
  "engine-supported": { engine: "aurora-postgresql" },
  "engine-unsupported": [{ engine: "oracle-ee" }, { engine: "" }],
  "version-kept": { version: "15.5" },
  "version-reachable": UPGRADE,
  "version-not-listed": UPGRADE,
  "version-unreachable": { ...UPGRADE, targets: ["15.6", "16.2"] },
  "groups-fit": { names: ["cluster-15", "instance-15"] },
  "group-missing": GROUP,
  "group-not-asked": GROUP,
  "group-unjudged": OF_GROUP,
  "group-unfit": { ...OF_GROUP, takes: "aurora-postgresql15" },
  "no-option-group-needed": {},
  "option-group-default": {},
  "option-group-unknown": {},
  "option-group-own": { names: ["orders-options"] },
  "permissions-allowed": [{}, { role: ROLE }],
  "permissions-silent": {},
  "permissions-denied": [{ denied: [CREATE] }, { role: ROLE, denied: [PASS_ROLE, CREATE] }],
  "permissions-unsure": { denied: [CREATE] },
  "no-global-database": {},
  "tags-fit": {},
  "tags-too-many": { count: 53, most: 50 },
};
