import type { Lefts, Sayings } from "../../../../src/operations/says/sayings.ts";
import type { Showing } from "../../../../src/operations/says/shown.ts";
import { AT, BLUE, coded, DEPLOYMENT, type Each, GREEN, GREEN_WRITER, NEW, ONCALL } from "./each.ts";
import { obstacle } from "./readiness.ts";

const newName = NEW.name;
const deployment = DEPLOYMENT;
const asker = { requestedBy: ONCALL, via: "slack" } as const;
const why = { code: "aws-said", text: "Rate exceeded" } as const;

const LEFTS: Each<Lefts> = {
  "perhaps-there": { deployment },
  "nothing-in-its-place": [
    { deployment, greenStays: false },
    { deployment, greenStays: true },
  ],
  "perhaps-created": { deployment, greenStays: false, newName },
};

/** What moves while an operation waits. */
export const SHOWING: Each<Showing> = {
  building: [
    { status: "PROVISIONING", done: 1, of: 3, now: "DB_ENGINE_VERSION_UPGRADE", statuses: ["upgrading"] },
    { status: "AVAILABLE", done: 3, of: 3, statuses: ["backing-up", "rebooting"] },
  ],
  "waiting-for-green": { obstacles: [obstacle("database", "storage-optimization", true, { percent: "42" })] },
  "switching-over": [
    { status: "SWITCHOVER_IN_PROGRESS", switched: 0, of: 2 },
    { status: "SWITCHOVER_IN_PROGRESS", switched: 1, of: 2 },
  ],
  gone: {},
};

/** What an operation says of itself. */
export const SAYINGS: Each<Sayings> = {
  late: { validUntil: AT },
  announced: { deployment, settleMinutes: 10 },
  asking: { deployment, doubt: { code: "green-is-protected" } },
  "recreation-begins": [
    { asker, deployment, greens: [GREEN, GREEN_WRITER], newName, unprotects: false },
    {
      asker: { ...asker, approvedBy: { by: { name: "colleague", id: "U0COLLEAGUE" }, at: AT } },
      deployment,
      greens: [GREEN],
      newName,
      unprotects: true,
    },
    { asker: { requestedBy: { name: "policy" }, via: "policy" }, deployment, greens: [GREEN], newName, unprotects: false },
  ],
  "recreation-goes-on": { asker: { requestedBy: { name: "arn:aws:iam::123456789012:user/oncall" }, via: "terminal" }, deployment, newName },
  "green-being-deleted": {},
  "green-deleted-before": {},
  "green-gone": {},
  "not-created-yet": { text: "The source is not available" },
  "green-being-built": { newName, id: NEW.id },
  stuck: [
    { deployment, hours: 1 },
    ...coded(SHOWING)
      .slice(0, 1)
      .map((shows) => ({ deployment, hours: 2, shows })),
  ],
  "switchover-begins": { asker, deployment, timeoutSeconds: 300 },
  "switching-over": {},
  "perhaps-switching-over": {},
  "rds-said": { at: AT, text: "Switchover from primary source to target completed." },
  recreated: [
    { deployment, newName, id: NEW.id },
    { deployment, newName, id: NEW.id, but: { code: "switched-over-since" } },
  ],
  "request-was-lost": { deployment: { ...deployment, name: deployment.id }, why: { code: "request-lost" } },
  "degraded-again-to-green": { newName, why: { code: "degraded-again", id: NEW.id, at: AT, text: "Replication has been degraded" } },
  "new-green-not-ready": { newName, why: { code: "new-gone", id: NEW.id } },
  "deleted-and-not-created": coded(LEFTS)
    .filter(({ code }) => code !== "perhaps-there")
    .map((left) => ({ deployment, left, why })),
  "deletion-refused": { deployment, why },
  "deletion-unsure": { deployment, left: { code: "perhaps-there", deployment }, why },
  "perhaps-unprotected": { why },
  "nothing-changed": { why },
  "switched-over": [
    { deployment, took: { blue: BLUE, green: GREEN, versions: ["14.10", "15.5"] } },
    { deployment, took: { blue: BLUE, green: GREEN } },
  ],
  "switched-over-in-part": {
    deployment,
    why: {
      code: "in-part",
      members: [
        { name: BLUE, isSwitched: true },
        { name: "db-instance-reader", isSwitched: false },
      ],
    },
  },
  "switchover-failed": { deployment, why: { code: "failed-without-reason" } },
  "switchover-unclear": { deployment, why: { code: "not-told", status: "MADE_UP", events: [] } },
  "switchover-cancelled": [{ deployment, why: { code: "rolled-back", text: "Switchover timed out" } }, { deployment }],
};
