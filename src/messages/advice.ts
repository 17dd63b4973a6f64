import { utcTime } from "../deployments/time-words.ts";
import type { MemberStanding } from "../standing/members.ts";
import type { Standing } from "../standing/standing.ts";
import type { ThreadEntry } from "../standing/thread-entry.ts";
import type { Advice } from "./advice-shape.ts";
import { countWords } from "./blue-and-green.ts";
import { engineOf } from "./engine.ts";
import { code, plain } from "./mrkdwn.ts";
import { leftLines, nextStep } from "./next-step.ts";
import { OBSERVED_ADVICE, switchedOver } from "./observed-advice.ts";
import { OPERATED_ADVICE } from "./operated-advice.ts";

/** The words for a fact. A signal without its own words gets its meaning and RDS's text. */
export function advice(entry: ThreadEntry): Advice {
  return (ADVICE[entry.signal] ?? other)(entry);
}

const other = (): Advice => ({ title: "Something new", lines: ["RDS's own words follow. If they call for it, look in the RDS console."] });

function afterDeletion(deployment: Standing | undefined): string[] {
  if (deployment?.phase === "recreating") return ["The guard deleted it, with everything green, to create it again."];
  const left = deployment ? leftLines(deployment) : [];
  if (deployment?.switched || left.length > 0) return left;
  return ["If nobody meant to delete it, create it again."];
}

const ADVICE: Record<string, (entry: ThreadEntry) => Advice> = {
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
  "sequence-sync-started": () => ({ title: "Sequences are being synchronised", lines: [] }),
  "sequence-sync-completed": () => ({ title: "Sequences synchronised", lines: [] }),
  "sequence-sync-failed": ({ deployment }) => ({
    title: "Sequences could not be synchronised",
    lines: deployment?.members.some(isSwitched)
      ? []
      : ["Blue is still production. Switch over again with a longer timeout: many thousands of sequences take long."],
  }),
  "replication-degraded": (entry) => ({ title: "Replication is degraded: switchover is blocked", lines: degraded(entry) }),
  "replication-stopped": (entry) => stopped(entry),
  "replication-resumed": ({ richest }) =>
    isBlues(richest?.side)
      ? { title: "Replication of blue's replica resumed", meaning: "A replica of blue follows its source again.", lines: [] }
      : { title: "Replication resumed", lines: [] },
  "engine-upgrade-started": ({ richest }) => ({ title: `Engine upgrade of ${side(richest?.side)} started`, lines: [] }),
  "engine-upgrade-finished": ({ richest }) => ({ title: `Engine upgrade of ${side(richest?.side)} finished`, lines: [] }),
  "engine-upgrade-failed": ({ richest, reading, deployment }) => ({
    title: `Engine upgrade of ${side(richest?.side)} failed`,
    lines: [
      ...reason(reading.reason),
      `Read the upgrade log of ${code(richest?.sourceIdentifier ?? "green")} (${upgradeLog(deployment)}).`,
      ...again(deployment, "Fix the cause on blue, delete the deployment together with green, and create it again."),
    ],
  }),
  "creation-held-up": ({ reading, deployment }) => ({
    title: "Creation is held up by long transactions",
    lines: [`Find them on ${reading.blue ? code(reading.blue) : "blue"} (${longTransactions(deployment)}) and end them. RDS then goes on.`],
  }),
  "storage-initialization-started": () => ({ title: "Green's storage is being initialized", lines: [] }),
  "storage-initialization-completed": () => ({ title: "Green's storage is initialized", lines: [] }),
  "binary-log-coordinates": ({ reading }) => ({
    title: "Binary log coordinates after the switchover",
    lines: reading.binaryLog
      ? [
          "Once consumers (CDC, replicas) have read all of old blue's binary log, point them at " +
            `file ${code(reading.binaryLog.file)}, position ${code(reading.binaryLog.position)}.`,
        ]
      : [],
  }),
  "other-deployment-event": other,
  ...OBSERVED_ADVICE,
  ...OPERATED_ADVICE,
};

function upgradeLog(deployment: ThreadEntry["deployment"]): string {
  const { postgresql, mysql } = engineOf(deployment);
  return [...(postgresql ? ["`pg_upgrade`"] : []), ...(mysql ? ["`PrePatchCompatibility`"] : [])].join(" or ") || "in the RDS console";
}

function longTransactions(deployment: ThreadEntry["deployment"]): string {
  return engineOf(deployment).postgresql
    ? "`pg_stat_activity`: oldest `xact_start`, also `idle in transaction`"
    : "`information_schema.innodb_trx`: oldest `trx_started`";
}

const isBlues = (name: string | undefined): boolean => name === "blue" || name === "old blue";

const side = (name: string | undefined): string => name ?? "a member";

const reason = (text: string | undefined): string[] => (text ? [`Reason: ${plain(text, 400)}`] : []);

const fromTo = (blue: string | undefined, green: string | undefined): string[] =>
  blue && green ? [`From ${code(blue)} to ${code(green)}.`] : [];

/** Mentions repeated reports of the deployment's own event, so that a second attempt within minutes is not lost. */
function repeated(reports: ThreadEntry["reports"], signal: string): string[] {
  const own = reports.filter((report) => report.signal === signal).length;
  return own > 1 ? [`RDS reported the start ${own} times, which may be another attempt: see the times below.`] : [];
}

/** Advice to delete green, only while nothing says that green may be production. */
const again = (deployment: Standing | undefined, advice: string): string[] =>
  deployment === undefined || deployment.mayDeleteGreen ? [advice] : [];

const isSwitched = ({ outcome }: MemberStanding): boolean => outcome === "switched";

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

/** RDS's own event comes before all members are switched over, and also if some never are; how it ended is announced apart. */
function completed(entry: ThreadEntry): Advice {
  const { deployment, reading } = entry;
  if (!deployment) return switchedOver(entry);
  const { phase, members, exists, switched } = deployment;
  const lines = fromTo(reading.blue, reading.green);
  if (phase === "switched-over" || switched) return { title: "RDS has ended the switchover", lines };
  if (phase === "partly-switched-over") {
    const meaning = "RDS says that the switchover is completed. Not every member is.";
    return { title: "RDS has ended the switchover", meaning, lines };
  }
  const count = `${countWords(members)} switched over`;
  const shown = members.some(isSwitched)
    ? `RDS has switched over a part: ${count}. The rest follows one after the other.`
    : "RDS says that it has completed the switchover. Its API does not show that of any member yet.";
  const gone = `RDS has said that it completed the switchover. The deployment is gone, and only of ${count} is it known.`;
  return { title: `Switching over: ${count}`, meaning: exists ? shown : gone, lines };
}

/** Nothing may be said to be as before once a member was switched. */
function cancelled({ reading, deployment }: ThreadEntry): Advice {
  const lines = [...fromTo(reading.blue, reading.green), ...reason(reading.reason)];
  if (deployment?.members.some(isSwitched)) {
    const title = "Switchover of a member cancelled";
    return { title, meaning: "RDS cancelled the switchover of a member. Others are switched over: see the card.", lines };
  }
  const isDegraded = reading.degraded || deployment?.replication.state === "degraded";
  const next = isDegraded
    ? again(deployment, "Green cannot be switched to any more: delete the deployment together with green and create it again.")
    : ["Fix the reason, then switch over again."];
  return { title: "Switchover cancelled", lines: [...lines, ["Blue is still production.", ...next].join(" ")] };
}

function stopped({ whileBuilding, reading, richest }: ThreadEntry): Advice {
  if (isBlues(richest?.side)) {
    return {
      title: "Replication of blue's replica stopped",
      meaning: "A replica of blue no longer follows its source.",
      lines: [...reason(reading.reason), "If it does not resume by itself, look at its error log."],
    };
  }
  return {
    title: "Replication stopped",
    lines: whileBuilding
      ? ["Expected while green is being built: nothing to do."]
      : [
          ...reason(reading.reason),
          "If it does not resume by itself, look at green's error log. RDS refuses a switchover until it runs again.",
        ],
  };
}

function degraded({ at, reading, reports, deployment }: ThreadEntry): string[] {
  const named = reports.find((report) => report.reading.logHour) ?? reports.find((report) => report.side === "blue");
  const name = named?.sourceIdentifier ?? deployment?.source.name;
  const when = reading.logHour ? ` for the hour ${code(reading.logHour)} (UTC)` : `, shortly before ${utcTime(at)}`;
  return [
    "Blue is not affected: it stays production.",
    `1. Find the statement: it is a WARNING in the engine log of blue${name ? ` ${code(name)}` : ""}${when}.`,
    "2. Stop what ran it (a migration, an ORM, a cron job), or it ruins the next deployment too.",
    ...again(deployment, "3. Delete the deployment together with green, and create it again: the card says how."),
  ];
}
