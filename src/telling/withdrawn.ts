import type { Fact } from "../facts/facts.ts";
import type { Memory } from "../facts/memory.ts";

/** The signals whose entries advise to delete the deployment with green, as long as nothing was switched. */
const ADVISING: ReadonlySet<string> = new Set([
  "creation-failed",
  "engine-upgrade-failed",
  "replication-degraded",
  "replication-stopped",
  "invalid-configuration",
  "member-missing",
  "provisioning-stuck",
  "shown-degraded",
  "shown-terminated",
]);

/** Has the entries that advise to delete green written anew once the first member is switched: the same facts if none was switched just now. */
export function withAdviceWithdrawn(facts: readonly Fact[], before: Memory, after: Memory): readonly Fact[] {
  if (!after.switched || before.switched) return facts;
  return facts.map((fact) => (ADVISING.has(fact.signal) && fact.ts !== undefined ? { ...fact, shown: 0 } : fact));
}
