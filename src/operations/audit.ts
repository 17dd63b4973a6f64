import type { Log } from "../clients/telemetry.ts";
import { type OperationRequest, requestIdOf } from "./request.ts";

/** What the log says about a request: who did what to it, and the details. */
export interface Audited {
  what: "confirmed" | "outdated" | "approved" | "rejected" | "held" | "cancelled" | "forced" | "resumed" | "decided" | "ended";
  /** Where it was done. */
  via: OperationRequest["via"];
  by: string;
  approvals?: number;
  approvedBy?: string;
  result?: string;
}

/** Logs one line that answers later who did what, to what, and what came of it. */
export function audit(
  { telemetry }: { telemetry: { log: Log } },
  { key, operation, deploymentId: deployment }: Pick<OperationRequest, "key" | "operation" | "deploymentId">,
  audited: Audited,
): void {
  telemetry.log.info("Audit", { operation, requestId: requestIdOf(key), deployment, ...audited });
}
