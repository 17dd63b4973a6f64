import { utcTime } from "../../../deployments/time-words.ts";
import { reasonsOf } from "../../../facts/reasons.ts";
import type { SignalId } from "../../../rules/signal-id.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Advice } from "../../advice-shape.ts";
import type { Form } from "../../form.ts";
import { told } from "../../sentences.ts";
import { logLink } from "../links.ts";
import { again, MOST_REASONS, reasons } from "./reasons.ts";

/** True for a side on which nothing is green's. */
export const isBlues = (name: string | undefined): boolean => name === "blue" || name === "old blue";

/** Replication runs again. */
export const resumed = ({ richest }: ThreadEntry): Advice =>
  isBlues(richest?.side)
    ? { title: "Replication of blue's replica resumed", meaning: "A replica of blue follows its source again.", lines: [] }
    : { title: "Replication resumed", lines: [] };

/** Replication does not run, and may resume. */
export function stopped({ whileBuilding, reports, richest, deployment }: ThreadEntry, as: Form): Advice {
  const why = reasons(reports, as, richest?.sourceIdentifier);
  if (isBlues(richest?.side)) {
    return {
      title: "Replication of blue's replica stopped",
      meaning: "A replica of blue no longer follows its source.",
      lines: [...why, "If it does not resume by itself, look at its error log."],
    };
  }
  if (reports.some(({ reading }) => reading.terminated) && !whileBuilding) {
    const next = "It does not resume: delete the deployment together with green, and create it again.";
    return {
      title: "Replication terminated",
      meaning: "RDS has terminated replication to green.",
      lines: [...why, ...again(deployment, next)],
    };
  }
  if (whileBuilding && reasonsOf({ reports }).length === 0)
    return { title: "Replication stopped", lines: ["Expected while green is being built: nothing to do."] };
  const next =
    "If it does not resume by itself, look at green's error log. Until it runs again, RDS refuses a switchover or leaves this database out of it.";
  return { title: "Replication stopped", lines: [...why, next] };
}

/** Green cannot be switched to any more. */
export function degraded(entry: ThreadEntry, as: Form): Advice {
  const { announce, at, deployment, reports } = entry;
  // What broke it was told: this is the same going on.
  if (deployment && !announce) {
    const side = reports.find((report) => report.side === "blue")?.sourceIdentifier;
    const where = side ? ` on ${as.code(side)}` : "";
    return { title: `DDL again${where} at ${as.clock(at)}: what runs it is still running`, meaning: "", lines: [] };
  }
  const isRolledBack = reports.some(({ signal }) => ROLLED_BACK.includes(signal));
  const title = isRolledBack ? "Switchover cancelled, replication is degraded" : "Replication is degraded";
  if (!deployment?.mayDeleteGreen) {
    return { title, meaning: "Green no longer follows blue, so RDS will refuse the switchover.", lines: [`${statementIn(entry, as)}.`] };
  }
  const byItself = deployment.policy !== undefined && deployment.policy.state !== "asking";
  return {
    title,
    standsAs: { phase: "degraded", urgency: "later", severity: "critical" },
    meaning: told(
      ...(isRolledBack ? ["RDS rolled everything back."] : []),
      "Green has stopped following blue and cannot be repaired.",
      ...(reports.some(({ signal }) => signal === "recreate-failed") ? ["The guard's recreation has ended with that."] : []),
    ),
    lines: [
      `1. ${statementIn(entry, as)}. Stop what ran it (a migration, an ORM, a cron job), or it ruins the next deployment too.`,
      byItself
        ? "2. The guard may delete and recreate it by itself: the card says whether, and when."
        : `2. Delete the deployment with green and create it again: ${as.command("recreate", deployment.name)}`,
    ],
  };
}

const ROLLED_BACK: readonly SignalId[] = ["switchover-cancelled", "sequence-sync-failed", "switchover-operation-cancelled"];

/** Where the engine's log names the statement. */
function statementIn({ at, reports, deployment }: ThreadEntry, as: Form): string {
  const log = (name: string) => (deployment ? logLink(deployment.source.arn, name, as) : `engine log of ${as.code(name)}`);
  const hours = reports.flatMap(({ sourceIdentifier, reading: { logHour } }) =>
    logHour ? [`the ${log(sourceIdentifier)} for the hour ${as.code(logHour)} (UTC)`] : [],
  );
  const name = reports.find((report) => report.side === "blue")?.sourceIdentifier ?? deployment?.source.name;
  // The log is in UTC, wherever its reader is.
  const unsaid = `${name ? `the ${log(name)}` : "the engine log of the database"}, shortly before ${utcTime(at)}`;
  return `Find the statement: it is a WARNING in ${[...new Set(hours)].slice(0, MOST_REASONS).join(", and in ") || unsaid}`;
}
