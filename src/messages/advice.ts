import type { Telling } from "../deployments/telling.ts";
import { code, plain } from "./mrkdwn.ts";
import { noDdlUntilSwitchover } from "./next-step.ts";
import { switchoverReport } from "./switchover-report.ts";

/** The heading of a thread entry, and what it says beside the signal's meaning: names, reasons, what to do. */
export interface Advice {
  title: string;
  lines: string[];
}

/** The words for one fact. A signal without words of its own is told by its meaning and RDS's text. */
export function advice(telling: Telling): Advice {
  return (ADVICE[telling.signal] ?? other)(telling);
}

const other = (): Advice => ({ title: "Something new", lines: ["RDS's own words follow; look in the console where they call for it."] });

const ADVICE: Record<string, (telling: Telling) => Advice> = {
  "tasks-completed": ({ deployment }) => ({
    title: "Ready to switch over",
    lines: ["Test green, then switch over in a quiet hour.", noDdlUntilSwitchover(deployment?.replication)],
  }),
  "creation-failed": ({ reading }) => ({
    title: "Creation failed",
    lines: [...reason(reading.reason), "Mend the cause, delete this deployment with its green, and create it again."],
  }),
  "deployment-deleted": () => ({ title: "Deleted", lines: ["Nothing to do, unless nobody meant to."] }),
  "switchover-started": ({ reading, reports }) => ({
    title: "Switchover started",
    lines: [...fromTo(reading.blue, reading.green), ...again(reports, "switchover-started")],
  }),
  "switchover-completed": (telling) => ({ title: "Switched over", lines: switchoverReport(telling) }),
  "switchover-cancelled": ({ reading }) => ({
    title: "Switchover cancelled",
    lines: [
      ...fromTo(reading.blue, reading.green),
      ...reason(reading.reason),
      reading.degraded
        ? "Green cannot be switched to any more: delete the deployment together with green and create it again."
        : "Blue is still production. Mend the cause and try again.",
    ],
  }),
  "sequence-sync-started": () => ({ title: "Sequences are being synchronised", lines: [] }),
  "sequence-sync-completed": () => ({ title: "Sequences synchronised", lines: [] }),
  "sequence-sync-failed": () => ({
    title: "Sequences could not be synchronised",
    lines: ["Blue is still production. Try again with a longer switchover timeout; hundreds of thousands of sequences take long."],
  }),
  "replication-degraded": (telling) => ({ title: "Replication is degraded: switchover is blocked", lines: degraded(telling) }),
  "replication-stopped": ({ whileBuilding }) => ({
    title: "Replication stopped",
    lines: whileBuilding
      ? ["Expected while green is being built: nothing to do."]
      : ["If it does not resume by itself, look at green's error log; a switchover is refused while it stands still."],
  }),
  "replication-resumed": () => ({ title: "Replication resumed", lines: [] }),
  "engine-upgrade-started": ({ richest }) => ({ title: `Engine upgrade of ${side(richest?.side)} started`, lines: [] }),
  "engine-upgrade-finished": ({ richest }) => ({ title: `Engine upgrade of ${side(richest?.side)} finished`, lines: [] }),
  "engine-upgrade-failed": ({ richest }) => ({
    title: `Engine upgrade of ${side(richest?.side)} failed`,
    lines: [
      "Read the upgrade log of that database (`pg_upgrade` or `PrePatchCompatibility`), mend the cause, delete the deployment and create it again.",
    ],
  }),
  "creation-held-up": ({ reading }) => ({
    title: "Creation is held up by long transactions",
    lines: [
      `Find them on ${reading.blue ? code(reading.blue) : "blue"} (\`pg_stat_activity\`, oldest \`xact_start\`, also \`idle in transaction\`) and end them; RDS then goes on.`,
    ],
  }),
  "storage-initialization-started": () => ({ title: "Green's storage is being initialized", lines: [] }),
  "storage-initialization-completed": () => ({ title: "Green's storage is initialized", lines: [] }),
  "binary-log-coordinates": ({ reading }) => ({
    title: "Binary log coordinates after the switchover",
    lines: reading.binaryLog
      ? [`Point external consumers (CDC, replicas) at file ${code(reading.binaryLog.file)}, position ${code(reading.binaryLog.position)}.`]
      : [],
  }),
  "other-deployment-event": other,
};

const side = (name: string | undefined): string => name ?? "a member";

const reason = (text: string | undefined): string[] => (text ? [`Reason: ${plain(text)}`] : []);

const fromTo = (blue: string | undefined, green: string | undefined): string[] =>
  blue && green ? [`From ${code(blue)} to ${code(green)}.`] : [];

/** Names the later reports of the deployment's own event, so that a second attempt within minutes is not lost. */
function again(reports: Telling["reports"], signal: string): string[] {
  const own = reports.filter((report) => report.signal === signal).length;
  return own > 1 ? [`Reported ${own} times: see the times below.`] : [];
}

function degraded({ reading, reports, deployment }: Telling): string[] {
  const blue = reports.find((report) => report.side === "blue")?.sourceIdentifier ?? deployment?.source.name;
  const log = reading.logHour
    ? [
        `Look into the engine log of ${blue ? `blue ${code(blue)}` : "blue's writer"} for the hour ${code(reading.logHour)} (UTC): the statement is a WARNING there.`,
      ]
    : [`Look into the engine log of ${blue ? code(blue) : "blue's writer"} shortly before the time below for the statement.`];
  return [
    ...log,
    "Stop what ran it (a migration, an ORM, a cron job), then delete the deployment together with green and create it again. Nothing short of that repairs it.",
  ];
}
