import type { Log } from "../clients/telemetry.ts";
import { type OperationRequest, requestIdOf } from "./request.ts";

/** What is said of a request: who did what to it, and what else belongs to that. */
export interface Audited {
  what: "confirmed" | "outdated" | "approved" | "rejected" | "held" | "cancelled" | "resumed" | "decided" | "ended";
  /** Where it was done. */
  via: OperationRequest["via"];
  by: string;
  approvals?: number;
  approvedBy?: string;
  result?: string;
}

/** One line for whoever asks later who did what, on what, and what came of it. */
export function audit(
  { telemetry }: { telemetry: { log: Log } },
  { key, operation, deploymentId: deployment }: Pick<OperationRequest, "key" | "operation" | "deploymentId">,
  audited: Audited,
): void {
  telemetry.log.info("Audit", { operation, requestId: requestIdOf(key), deployment, ...audited });
}
