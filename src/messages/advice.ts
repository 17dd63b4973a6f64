import { utcTime } from "../deployments/time-words.ts";
import { logOwnerOf, reasonsOf } from "../facts/reasons.ts";
import type { Summary } from "../facts/summary.ts";
import type { ThreadEntry } from "../facts/thread-entry.ts";
import type { Advice } from "./advice-shape.ts";
import { remaining, wayBack } from "./after-switchover.ts";
import { engineOf, mayBeAurora } from "./engine.ts";
import { code, plain } from "./mrkdwn.ts";
import { noDdlUntilSwitchover } from "./next-step.ts";
import { OBSERVED_ADVICE } from "./observed-advice.ts";
import { OPERATED_ADVICE } from "./operated-advice.ts";
import { switchoverReport } from "./switchover-report.ts";

/** The words for a fact. A signal without its own words gets its meaning and RDS's text. */
export function advice(entry: ThreadEntry): Advice {
  return (ADVICE[entry.signal] ?? other)(entry);
}

const other = (): Advice => ({ title: "Something new", lines: ["RDS's own words follow. If they call for it, look in the RDS console."] });

function afterDeletion(deployment: Summary | undefined): string {
  if (deployment?.phase === "recreating") return "The guard deleted it, with everything green, to create it again.";
  if (!deployment?.switched) return "If nobody meant to delete it, create it again.";
  const writable = mayBeAurora(deployment) ? " On Aurora it may accept writes again." : "";
  return `Old blue still exists and keeps costing until you delete it.${writable}`;
}

const ADVICE: Record<string, (entry: ThreadEntry) => Advice> = {
  "tasks-completed": ({ deployment }) => (deployment?.degraded ? builtButDegraded : ready(deployment)),
  "creation-failed": ({ reading }) => ({
    title: "Creation failed",
    lines: [...reason(reading.reason), "Fix the reason, delete the deployment together with green, and create it again."],
  }),
  "deployment-deleted": ({ deployment }) => ({ title: "Deleted", lines: [afterDeletion(deployment)] }),
  "switchover-started": ({ reading, reports }) => ({
    title: "Switchover started",
    lines: [...fromTo(reading.blue, reading.green), ...again(reports, "switchover-started")],
  }),
  "switchover-completed": (entry) => ({
    title: "Switched over",
    lines: switchoverReport(entry),
    lists: [remaining(entry), wayBack(entry)],
  }),
  "switchover-cancelled": ({ reading, reports, deployment }) => ({
    title: "Switchover cancelled",
    lines: [
      ...fromTo(reading.blue, reading.green),
      ...reasons(reports, reading.blue),
      reading.degraded || deployment?.degraded
        ? "Blue is still production. Green cannot be switched to any more: delete the deployment together with green and create it again."
        : "Blue is still production. Fix the reason, then switch over again.",
    ],
  }),
  "connections-terminated": () => ({ title: "Connections to blue are ended", lines: [] }),
  "green-accepts": () => ({ title: "Green takes over", lines: [] }),
  "sequence-sync-started": () => ({ title: "Sequences are being synchronised", lines: [] }),
  "sequence-sync-completed": () => ({ title: "Sequences synchronised", lines: [] }),
  "sequence-sync-failed": () => ({
    title: "Sequences could not be synchronised",
    lines: ["Blue is still production. Switch over again with a longer timeout: many thousands of sequences take long."],
  }),
  "replication-degraded": (entry) => ({ title: "Replication is degraded: switchover is blocked", lines: degraded(entry) }),
  "replication-stopped": (entry) => stopped(entry),
  "replication-resumed": ({ richest }) =>
    isBlues(richest?.side)
      ? { title: "Replication of blue's replica resumed", meaning: "A replica of blue follows its source again.", lines: [] }
      : { title: "Replication resumed", lines: [] },
  "engine-upgrade-started": ({ richest }) => ({ title: `Engine upgrade of ${side(richest?.side)} started`, lines: [] }),
  "engine-upgrade-finished": ({ richest }) => ({ title: `Engine upgrade of ${side(richest?.side)} finished`, lines: [] }),
  "engine-upgrade-failed": ({ richest, reports, deployment }) => ({
    title: `Engine upgrade of ${side(richest?.side)} failed`,
    lines: [
      ...reasons(reports, richest?.sourceIdentifier),
      readUpgradeLog(richest?.sourceIdentifier ?? "green", engineOf(deployment)?.upgradeLog),
      "Fix the cause on blue, delete the deployment together with green, and create it again.",
    ],
  }),
  "creation-held-up": ({ reading, deployment }) => ({
    title: "Creation is held up by long transactions",
    lines: [`Find them on ${reading.blue ? code(reading.blue) : "blue"}${longTransactions(deployment)} and end them. RDS then goes on.`],
  }),
  "storage-initialization-started": () => ({ title: "Green's storage is being initialized", lines: [] }),
  "storage-initialization-completed": () => ({ title: "Green's storage is initialized", lines: [] }),
  "binary-log-coordinates": ({ reading, richest }) => ({
    title: "Binary log coordinates after the switchover",
    lines:
      reading.binaryLog && richest
        ? [
            `These are places in the binary log of ${code(logOwnerOf(richest))} alone.`,
            "Once consumers (CDC, replicas) have read all of old blue's binary log, point them at " +
              `file ${code(reading.binaryLog.file)}, position ${code(reading.binaryLog.position)}.`,
          ]
        : [],
  }),
  "other-deployment-event": other,
  ...OBSERVED_ADVICE,
  ...OPERATED_ADVICE,
};

function readUpgradeLog(database: string, log: string | undefined): string {
  return log === undefined
    ? `Look for the cause among the logs and events of ${code(database)} in the RDS console.`
    : `Read the upgrade log of ${code(database)} (${code(log)}).`;
}

function longTransactions(deployment: ThreadEntry["deployment"]): string {
  const open = engineOf(deployment)?.openTransactions;
  return open ? ` (${code(open.view)}: ${open.look})` : "";
}

const isBlues = (name: string | undefined): boolean => name === "blue" || name === "old blue";

const side = (name: string | undefined): string => name ?? "a member";

const reason = (text: string | undefined): string[] => (text ? [`Reason: ${plain(text, 400)}`] : []);

const MOST_REASONS = 6;

/** Every reason, the cause first, and its database; without it if there is one reason alone, of the database that the entry is about. */
function reasons(reports: ThreadEntry["reports"], about?: string): string[] {
  const all = reasonsOf({ reports });
  return all.slice(0, MOST_REASONS).map(({ database, reason }) => {
    const whose = database === undefined || (all.length === 1 && database === about) ? "" : ` (${code(database)})`;
    return `Reason: ${plain(reason, all.length === 1 ? 400 : 240)}${whose}`;
  });
}

const fromTo = (blue: string | undefined, green: string | undefined): string[] =>
  blue && green ? [`From ${code(blue)} to ${code(green)}.`] : [];

/** Mentions repeated reports of the deployment's own event, so that a second attempt within minutes is not lost. */
function again(reports: ThreadEntry["reports"], signal: string): string[] {
  const own = reports.filter((report) => report.signal === signal).length;
  return own > 1 ? [`RDS reported the start ${own} times, which may be another attempt: see the times below.`] : [];
}

const ready = (deployment: ThreadEntry["deployment"]): Advice => ({
  title: "Ready to switch over",
  lines: ["Test green, then switch over in a quiet hour.", noDdlUntilSwitchover(deployment?.replication)],
});

const builtButDegraded: Advice = {
  title: "Green is built, but degraded",
  meaning: "Green is built, but replication to it is degraded: RDS will refuse the switchover.",
  lines: ["Delete the deployment together with green and create it again."],
};

function stopped({ whileBuilding, reports, richest }: ThreadEntry): Advice {
  if (isBlues(richest?.side)) {
    return {
      title: "Replication of blue's replica stopped",
      meaning: "A replica of blue no longer follows its source.",
      lines: [...reasons(reports, richest?.sourceIdentifier), "If it does not resume by itself, look at its error log."],
    };
  }
  return {
    title: "Replication stopped",
    lines:
      whileBuilding && reasonsOf({ reports }).length === 0
        ? ["Expected while green is being built: nothing to do."]
        : [
            ...reasons(reports, richest?.sourceIdentifier),
            "If it does not resume by itself, look at green's error log. RDS refuses a switchover until it runs again.",
          ],
  };
}

function degraded({ at, reports, deployment }: ThreadEntry): string[] {
  const hours = reports.flatMap(({ sourceIdentifier, reading: { logHour } }) =>
    logHour ? [` ${code(sourceIdentifier)} for the hour ${code(logHour)} (UTC)`] : [],
  );
  const name = reports.find((report) => report.side === "blue")?.sourceIdentifier ?? deployment?.source.name;
  const unsaid = `${name ? ` ${code(name)}` : ""}, shortly before ${utcTime(at)}`;
  const where = [...new Set(hours)].slice(0, MOST_REASONS).join(", and of") || unsaid;
  return [
    "Blue is not affected: it stays production.",
    `1. Find the statement: it is a WARNING in the engine log of blue${where}.`,
    "2. Stop what ran it (a migration, an ORM, a cron job), or it ruins the next deployment too.",
    "3. Delete the deployment together with green, and create it again: the card says how.",
  ];
}
