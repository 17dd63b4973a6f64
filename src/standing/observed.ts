import type { Meaning } from "../rules/rule.ts";

/** The signals that a look at RDS gives: no RDS event reports them, or none says all that they say. */
export const OBSERVED: readonly Meaning[] = [
  {
    id: "ready",
    severity: "good",
    meaning: "Green is built, and everything that a switchover needs is there.",
    announce: true,
    apart: true,
  },
  {
    id: "ready-lost",
    severity: "warning",
    meaning: "The deployment cannot be switched over at the moment.",
    announce: true,
    apart: true,
  },
  {
    id: "switched-over",
    severity: "good",
    meaning: "Green has taken every name of blue's and is production now.",
    announce: true,
    once: true,
  },
  {
    id: "partly-switched-over",
    severity: "critical",
    meaning: "RDS has switched over a part of the deployment, and not the rest.",
    announce: true,
    once: true,
  },
  {
    id: "invalid-configuration",
    severity: "critical",
    meaning: "RDS says that the configuration is invalid and refuses to switch over.",
    announce: true,
    once: true,
  },
  {
    id: "switchover-failed",
    severity: "critical",
    meaning: "The switchover was tried and failed.",
    announce: true,
  },
  {
    id: "member-missing",
    severity: "critical",
    meaning: "A database of the deployment was deleted, so its pair will not be switched over.",
    announce: true,
  },
  {
    id: "provisioning-stuck",
    severity: "warning",
    meaning: "Green is still being built, and nothing has moved for hours.",
    announce: true,
    once: true,
  },
  {
    id: "shown-degraded",
    severity: "critical",
    meaning: "The RDS API says that replication to green is degraded, so RDS will refuse the switchover. No event has said so.",
    announce: true,
    once: true,
  },
  {
    id: "shown-terminated",
    severity: "critical",
    meaning: "The RDS API says that replication to green was terminated, so green can no longer be switched to.",
    announce: true,
    once: true,
  },
  {
    id: "shown-error",
    severity: "critical",
    meaning: "The RDS API says that replication to green has stopped with an error.",
    apart: true,
  },
];
