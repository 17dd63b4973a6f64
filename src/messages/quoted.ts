import type { ThreadEntry } from "../standing/thread-entry.ts";
import type { Form } from "./form.ts";

// The guard uses its own words for what a rule understood, and quotes what only RDS can say (a warning, an unknown text).
const QUOTED = new Set([
  "replication-degraded",
  "sequence-sync-failed",
  "creation-held-up",
  "connections-terminated",
  "green-accepts",
  "other-deployment-event",
]);

// These show RDS's reason or coordinates on a separate line; if none were read, the whole text can contain them.
const WITH_REASON = new Set(["creation-failed", "switchover-cancelled", "engine-upgrade-failed", "binary-log-coordinates"]);

/** RDS's own words as an entry quotes them, at most so many characters; empty if the guard's words say it all. */
export function quotedIn({ signal, reading, richest, deployment }: ThreadEntry, as: Form, most?: number): string {
  const message = richest?.message ?? "";
  const quoted = !deployment || QUOTED.has(signal) || (WITH_REASON.has(signal) && !reading.reason && !reading.binaryLog);
  return quoted && message.trim() !== "" ? as.quote(message, most) : "";
}
