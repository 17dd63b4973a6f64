import { utcTime } from "../../../deployments/time-words.ts";
import { reasonsOf } from "../../../facts/reasons.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Advice } from "../../advice-shape.ts";
import type { Form } from "../../form.ts";
import { again, MOST_REASONS, ofBlue, reasons } from "./reasons.ts";

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

const BY_HAND = "3. Delete the deployment together with green, and create it again: the card says how.";
const BY_ITSELF = "3. The guard may do the rest by itself: the card says whether, and when.";

/** Green cannot be switched to any more. */
export const degraded = (entry: ThreadEntry, as: Form): Advice => ({
  title: "Replication is degraded: switchover is blocked",
  ...(!entry.deployment?.mayDeleteGreen && { meaning: "Green no longer follows blue, so RDS will refuse the switchover." }),
  lines: afterDegradation(entry, as),
});

function afterDegradation({ at, reports, deployment }: ThreadEntry, as: Form): string[] {
  const hours = reports.flatMap(({ sourceIdentifier, reading: { logHour } }) =>
    logHour ? [` ${as.code(sourceIdentifier)} for the hour ${as.code(logHour)} (UTC)`] : [],
  );
  const name = reports.find((report) => report.side === "blue")?.sourceIdentifier ?? deployment?.source.name;
  // The log is in UTC, wherever its reader is.
  const unsaid = `${name ? ` ${as.code(name)}` : deployment ? "" : " the database"}, shortly before ${utcTime(at)}`;
  const where = [...new Set(hours)].slice(0, MOST_REASONS).join(", and of") || unsaid;
  const find = `Find the statement: it is a WARNING in the engine log of${deployment ? " blue" : ""}${where}.`;
  if (!deployment) return [find];
  return [
    ...ofBlue(deployment, "Blue is not affected: it stays production."),
    `1. ${find}`,
    "2. Stop what ran it (a migration, an ORM, a cron job), or it ruins the next deployment too.",
    ...again(deployment, deployment.policy && deployment.policy.state !== "asking" ? BY_ITSELF : BY_HAND),
  ];
}
