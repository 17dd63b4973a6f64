import type { SignalId } from "../rules/signal-id.ts";

/** The signals whose entries advise to delete the deployment with green, as long as nothing was switched. */
export const ADVISING: ReadonlySet<SignalId> = new Set([
  "creation-failed",
  "engine-upgrade-failed",
  "replication-degraded",
  "invalid-configuration",
  "member-missing",
  "provisioning-stuck",
  "shown-degraded",
  "shown-terminated",
]);
