import type { Meaning } from "../rules/rule.ts";
import type { LookSignal } from "../rules/signal-id.ts";

/** The signals that a look at RDS gives: no RDS event reports them, or none says all that they say. */
export const OBSERVED: readonly (Meaning & { id: LookSignal })[] = [
  {
    id: "ready",
    severity: "good",
    announce: true,
    apart: true,
  },
  {
    id: "ready-lost",
    severity: "warning",
    announce: true,
    apart: true,
  },
  {
    id: "switched-over",
    severity: "good",
    announce: true,
    once: true,
  },
  {
    id: "partly-switched-over",
    severity: "critical",
    announce: true,
    once: true,
  },
  {
    id: "invalid-configuration",
    severity: "critical",
    announce: true,
    once: true,
  },
  {
    id: "switchover-failed",
    severity: "critical",
    announce: true,
  },
  {
    id: "member-missing",
    severity: "critical",
    announce: true,
  },
  {
    id: "provisioning-stuck",
    severity: "warning",
    announce: true,
    once: true,
  },
  {
    id: "shown-degraded",
    severity: "critical",
    announce: true,
    once: true,
  },
  {
    id: "shown-terminated",
    severity: "critical",
    announce: true,
    once: true,
  },
  {
    id: "shown-error",
    severity: "critical",
    apart: true,
  },
];
