import type { Fact } from "../facts/facts.ts";
import type { Memory } from "../facts/memory.ts";

/** The signals whose entries advise to delete the deployment with green, as long as nothing was switched. */
const ADVISING: ReadonlySet<string> = new Set([
  "creation-failed",
  "engine-upgrade-failed",
  "replication-degraded",
  "invalid-configuration",
  "member-missing",
  "provisioning-stuck",
  "shown-degraded",
  "shown-terminated",
]);

/**
 * Has each entry that advises to delete green written anew once, after the first member is switched; the same facts if there is none left.
 * Any answer of RDS may have shown the switch first, so the entry itself says whether it was withdrawn.
 */
export function withAdviceWithdrawn(facts: readonly Fact[], { switched }: Memory): readonly Fact[] {
  const isLeft = (fact: Fact) => advises(fact) && !fact.withdrawn;
  if (!switched || !facts.some(isLeft)) return facts;
  return facts.map((fact) => (isLeft(fact) ? { ...fact, withdrawn: true, shown: fact.ts === undefined ? fact.shown : 0 } : fact));
}

const advises = ({ signal, reports }: Fact): boolean => ADVISING.has(signal) || reports.some(({ reading }) => reading.terminated);
