import type { Log } from "../clients/telemetry.ts";
import { logged, type Person } from "../deployments/person.ts";
import { type OperationRequest, requestIdOf } from "./request.ts";

/** What the log says about a request: who did what to it, and the details. */
export interface Audited {
  what: "confirmed" | "outdated" | "approved" | "rejected" | "held" | "cancelled" | "forced" | "resumed" | "decided" | "ended";
  /** Where it was done. */
  via: OperationRequest["via"];
  by: Person;
  approvals?: number;
  approvedBy?: Person;
  result?: string;
}

/** Logs one line that answers later who did what, to what, and what came of it. */
export function audit(
  { telemetry }: { telemetry: { log: Log } },
  { key, operation, deploymentId: deployment }: Pick<OperationRequest, "key" | "operation" | "deploymentId">,
  { by, approvedBy, ...audited }: Audited,
): void {
  const who = { by: logged(by), ...(approvedBy && { approvedBy: logged(approvedBy) }) };
  telemetry.log.info("Audit", { operation, requestId: requestIdOf(key), deployment, ...audited, ...who });
}
