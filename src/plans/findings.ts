import type { PreflightFindings } from "./preflight/findings.ts";
import type { ReadinessFindings } from "./readiness-findings.ts";

/** Everything that a check can find, with the data that its words need. */
export interface Findings extends PreflightFindings, ReadinessFindings {
  /** The guard does nothing to a deployment in an Aurora Global Database. */
  "in-global-database": { name: string; not: "switch-over" | "recreate" };
}
