import { blueNameOf } from "../deployments/arn.ts";
import type { Reading } from "../rules/rule.ts";

/** What reading reasons takes from a report. */
export interface Said {
  delivery: string;
  /** ISO 8601. */
  at: string;
  sourceIdentifier: string;
  reading: Reading;
}

/** A reason that RDS gave, and the database that it gave it for. */
export interface Reason {
  /** Blue's name in the pair that the report is about; otherwise the name under which RDS filed it; absent if it is about the deployment. */
  database?: string;
  reason: string;
}

/**
 * Every reason that the reports of a fact give, each once for each database.
 *
 * Causes come first, in time order, then what only follows: RDS cancels the other pairs "due to cancellation of the blue/green
 * deployment's switchover".
 */
export function reasonsOf({ reports }: { reports: readonly Said[] }): Reason[] {
  const all = [...reports]
    .sort((a, b) => a.at.localeCompare(b.at) || a.delivery.localeCompare(b.delivery))
    .flatMap(({ sourceIdentifier, reading: { blue, reason } }) =>
      reason ? [{ database: blue ?? databaseIn(sourceIdentifier), reason }] : [],
    );
  const once = all.filter(
    (it, index) => all.findIndex(({ database, reason }) => database === it.database && reason === it.reason) === index,
  );
  return [...once.filter(({ reason }) => !isConsequence(reason)), ...once.filter(({ reason }) => isConsequence(reason))];
}

const databaseIn = (identifier: string): string | undefined => (identifier.startsWith("bgd-") ? undefined : identifier);

/** True if a cancellation's reason is only that something else was cancelled. Source: AWS's template of RDS-EVENT-0252 and 0261, filled by RDS. */
export function isConsequence(reason: string): boolean {
  return /^(the )?cancell?ation of\b.*\bswitchover\b/i.test(reason);
}

/** The name of the database whose coordinates a report gives: RDS files them under the name that green had before it took blue's. */
export function logOwnerOf({ sourceIdentifier }: Pick<Said, "sourceIdentifier">): string {
  return blueNameOf(sourceIdentifier);
}
