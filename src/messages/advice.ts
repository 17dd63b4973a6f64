import { utcTime } from "../deployments/time-words.ts";
import { logOwnerOf, reasonsOf } from "../facts/reasons.ts";
import type { Standing } from "../standing/standing.ts";
import type { ThreadEntry } from "../standing/thread-entry.ts";
import type { Advice } from "./advice-shape.ts";
import { engineOf } from "./engine.ts";
import type { Form } from "./form.ts";
import { code, plain } from "./mrkdwn.ts";
import { leftLines, nextStep } from "./next-step.ts";
import { OBSERVED_ADVICE } from "./observed-advice.ts";
import { OPERATED_ADVICE } from "./operated-advice.ts";
import { again, fromTo, MOST_REASONS, ofBlue, reasons } from "./reason-lines.ts";
import { slackForm } from "./slack/form.ts";
import { cancelled, completed, isSwitched } from "./switchover-advice.ts";

/** The words for a fact. A signal without its own words gets its meaning and RDS's text. */
export function advice(entry: ThreadEntry, as: Form = slackForm(false)): Advice {
  return (ADVICE[entry.signal] ?? other)(entry, as);
}

const other = (): Advice => ({ title: "Something new", lines: ["RDS's own words follow. If they call for it, look in the RDS console."] });

function afterDeletion(deployment: Standing | undefined): string[] {
  if (deployment?.phase === "recreating") return ["The guard deleted it, with everything green, to create it again."];
  const left = deployment ? leftLines(deployment) : [];
  if (deployment?.switched || left.length > 0) return left;
  return ["If nobody meant to delete it, create it again."];
}

const ADVICE: Record<string, (entry: ThreadEntry, as: Form) => Advice> = {
  "tasks-completed": ({ deployment }) => (deployment?.degraded ? builtButDegraded(deployment) : built(deployment)),
  "creation-failed": ({ reading, deployment }) => ({
    title: "Creation failed",
    lines: [
      ...reason(reading.reason),
      ...again(deployment, "Fix the reason, delete the deployment together with green, and create it again."),
    ],
  }),
  "deployment-deleted": ({ deployment }) => ({ title: "Deleted", lines: afterDeletion(deployment) }),
  "switchover-started": ({ reading, reports }) => ({
    title: "Switchover started",
    lines: [...fromTo(reading.blue, reading.green), ...repeated(reports, "switchover-started")],
  }),
  "switchover-completed": (entry) => completed(entry),
  "switchover-cancelled": (entry) => cancelled(entry),
  "connections-terminated": () => ({ title: "Connections to blue are ended", lines: [] }),
  "green-accepts": () => ({ title: "Green takes over", lines: [] }),
  "sequence-sync-started": () => ({ title: "Sequences are being synchronised", lines: [] }),
  "sequence-sync-completed": () => ({ title: "Sequences synchronised", lines: [] }),
  "sequence-sync-failed": ({ deployment }) => ({
    title: "Sequences could not be synchronised",
    lines: deployment?.members.some(isSwitched)
      ? []
      : [
          [
            ...ofBlue(deployment, "Blue is still production."),
            "Switch over again with a longer timeout: many thousands of sequences take long.",
          ].join(" "),
        ],
  }),
  "replication-degraded": (entry) => ({
    title: "Replication is degraded: switchover is blocked",
    ...(!entry.deployment?.mayDeleteGreen && { meaning: "Green no longer follows blue, so RDS will refuse the switchover." }),
    lines: degraded(entry),
  }),
  "replication-stopped": (entry) => stopped(entry),
  "replication-resumed": ({ richest }) =>
    isBlues(richest?.side)
      ? { title: "Replication of blue's replica resumed", meaning: "A replica of blue follows its source again.", lines: [] }
      : { title: "Replication resumed", lines: [] },
  "engine-upgrade-started": ({ richest }) => ({
    title: `Engine upgrade of ${side(richest?.side)} started`,
    ...(isBlues(richest?.side) && { meaning: "The upgrade of blue's engine has begun: this is not the upgrade of green." }),
    lines: [],
  }),
  "engine-upgrade-finished": ({ richest }) => ({
    title: `Engine upgrade of ${side(richest?.side)} finished`,
    ...(isBlues(richest?.side) && { meaning: "Blue's engine has a new version: this is not the upgrade of green." }),
    lines: [],
  }),
  "engine-upgrade-failed": ({ richest, reports, deployment }) => ({
    title: `Engine upgrade of ${side(richest?.side)} failed`,
    lines: [
      ...reasons(reports, richest?.sourceIdentifier),
      readUpgradeLog(richest?.sourceIdentifier ?? "green", engineOf(deployment)?.upgradeLog),
      ...again(deployment, "Fix the cause on blue, delete the deployment together with green, and create it again."),
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

/** Mentions repeated reports of the deployment's own event, so that a second attempt within minutes is not lost. */
function repeated(reports: ThreadEntry["reports"], signal: string): string[] {
  const own = reports.filter((report) => report.signal === signal).length;
  return own > 1 ? [`RDS reported the start ${own} times, which may be another attempt: see the times below.`] : [];
}

/** Green is built; whether it is ready is announced apart. */
function built(deployment: Standing | undefined): Advice {
  const waits = deployment?.phase === "waiting";
  return {
    title: "Green is built",
    meaning: waits ? "Green is built. It cannot be switched over yet." : "Green is built.",
    lines: waits ? nextStep(deployment).split("\n").slice(1) : [],
  };
}

const builtButDegraded = (deployment: Standing): Advice => ({
  title: "Green is built, but degraded",
  meaning: "Green is built, but replication to it is degraded: RDS will refuse the switchover.",
  lines: again(deployment, "Delete the deployment together with green and create it again."),
});

function stopped({ whileBuilding, reports, richest, deployment }: ThreadEntry): Advice {
  if (isBlues(richest?.side)) {
    return {
      title: "Replication of blue's replica stopped",
      meaning: "A replica of blue no longer follows its source.",
      lines: [...reasons(reports, richest?.sourceIdentifier), "If it does not resume by itself, look at its error log."],
    };
  }
  if (reports.some(({ reading }) => reading.terminated) && !whileBuilding) {
    return {
      title: "Replication terminated",
      meaning: "RDS has terminated replication to green.",
      lines: [
        ...reasons(reports, richest?.sourceIdentifier),
        ...again(deployment, "It does not resume: delete the deployment together with green, and create it again."),
      ],
    };
  }
  return {
    title: "Replication stopped",
    lines:
      whileBuilding && reasonsOf({ reports }).length === 0
        ? ["Expected while green is being built: nothing to do."]
        : [
            ...reasons(reports, richest?.sourceIdentifier),
            "If it does not resume by itself, look at green's error log. Until it runs again, RDS refuses a switchover or leaves this database out of it.",
          ],
  };
}

const BY_HAND = "3. Delete the deployment together with green, and create it again: the card says how.";
const BY_ITSELF = "3. The guard may do the rest by itself: the card says whether, and when.";

function degraded({ at, reports, deployment }: ThreadEntry): string[] {
  const hours = reports.flatMap(({ sourceIdentifier, reading: { logHour } }) =>
    logHour ? [` ${code(sourceIdentifier)} for the hour ${code(logHour)} (UTC)`] : [],
  );
  const name = reports.find((report) => report.side === "blue")?.sourceIdentifier ?? deployment?.source.name;
  const unsaid = `${name ? ` ${code(name)}` : deployment ? "" : " the database"}, shortly before ${utcTime(at)}`;
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
