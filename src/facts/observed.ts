import type { Meaning } from "../rules/rule.ts";

/** The signals that only the API shows: no RDS event reports them. */
export const OBSERVED: readonly Meaning[] = [
  {
    id: "invalid-configuration",
    severity: "critical",
    meaning: "RDS says that green's configuration is invalid and refuses to switch over to it.",
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
];
