import type { Coded } from "../../deployments/coded.ts";
import type { Named } from "../../deployments/find-deployment.ts";
import type { Asker } from "./asker.ts";
import type { Reason } from "./reasons.ts";
import type { Shown } from "./shown.ts";

/** What an operation says of itself: what it does, what it waits for, or how it ended. */
export type Said = Coded<Sayings>;

/** The same, by code; times are ISO 8601. */
export interface Sayings extends Steps, Ends {}

/** What it does, or waits for. */
export interface Steps {
  late: { validUntil: string };
  announced: { deployment: Named; settleMinutes: number };
  asking: { deployment: Named; doubt: Reason };
  "recreation-begins": { asker: Asker; deployment: Named; greens: readonly string[]; newName: string; unprotects: boolean };
  "recreation-goes-on": { asker: Asker; deployment: Named; newName: string };
  "green-being-deleted": object;
  "green-deleted-before": object;
  "green-gone": object;
  "not-created-yet": { text: string };
  "green-being-built": { newName: string; id: string };
  stuck: { deployment: Named; hours: number; shows?: Shown };
  "switchover-begins": { asker: Asker; deployment: Named; timeoutSeconds?: number };
  "switching-over": object;
  /** No answer of RDS is known. */
  "perhaps-switching-over": object;
  "rds-said": { at: string; text: string };
}

/** How an operation ended, why, and what that leaves. */
export interface Ends {
  recreated: { deployment: Named; newName: string; id: string; but?: Reason };
  /** Of one whose request is lost. */
  "request-was-lost": { deployment: Named; why?: Reason };
  "degraded-again-to-green": { newName: string; why?: Reason };
  "new-green-not-ready": { newName: string; why?: Reason };
  "deleted-and-not-created": { deployment: Named; left: Left; why?: Reason };
  "deletion-refused": { deployment: Named; why?: Reason };
  "deletion-unsure": { deployment: Named; left: Left; why?: Reason };
  "perhaps-unprotected": { why?: Reason };
  "nothing-changed": { why?: Reason };
  /** `versions` are blue's and green's, if both are known. */
  "switched-over": { deployment: Named; took?: { blue: string; green: string; versions?: readonly [string, string] }; why?: Reason };
  "switched-over-in-part": { deployment: Named; why?: Reason };
  "switchover-failed": { deployment: Named; why?: Reason };
  "switchover-unclear": { deployment: Named; why?: Reason };
  "switchover-cancelled": { deployment: Named; why?: Reason };
}

/** What is there of a recreation that asked RDS for its deletion, and whose new deployment RDS has not named. */
export type Left = Coded<Lefts>;

/** The same, by code. */
export interface Lefts {
  "perhaps-there": { deployment: Named };
  "nothing-in-its-place": { deployment: Named; greenStays: boolean };
  "perhaps-created": { deployment: Named; greenStays: boolean; newName: string };
}
