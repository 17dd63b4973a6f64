import { logOwnerOf } from "../../../facts/reasons.ts";
import type { RuleId } from "../../../rules/signal-id.ts";
import type { Standing } from "../../../standing/standing.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Advice } from "../../advice-shape.ts";
import { engineOf } from "../../engine.ts";
import type { Form } from "../../form.ts";
import { duration } from "../durations.ts";
import { leftLines } from "../standing/left.ts";
import { nextStep } from "../standing/next-step.ts";
import { again, fromTo, reasons } from "./reasons.ts";
import { degraded, isBlues, resumed, stopped } from "./replication.ts";
import { cancelled, completed } from "./switchover.ts";

/** The words for the signals of RDS's events, by rule: a title, and the next steps for a person. */
export const EVENT_ADVICE: Readonly<Record<RuleId, (entry: ThreadEntry, as: Form) => Advice>> = {
  "tasks-completed": (entry, as) => (entry.deployment?.degraded ? builtButDegraded(entry.deployment) : built(entry, as)),
  "creation-failed": ({ reading, deployment }, as) => ({
    title: "Creation failed",
    lines: [
      ...(reading.reason ? [`Reason: ${as.text(reading.reason, 400)}`] : []),
      ...again(deployment, "Fix the reason, delete the deployment together with green, and create it again."),
    ],
  }),
  "deployment-deleted": ({ deployment }, as) => ({ title: "Deleted", lines: afterDeletion(deployment, as) }),
  "switchover-started": (entry, as) => started(entry, as),
  "switchover-completed": completed,
  "switchover-cancelled": cancelled,
  "member-switchover-started": (entry, as) => started(entry, as),
  "member-switchover-completed": completed,
  "member-switchover-cancelled": cancelled,
  "connections-terminated": () => ({ title: "Connections to blue are ended", lines: [] }),
  "green-accepts": () => ({ title: "Green takes over", lines: [] }),
  "sequence-sync-started": () => ({ title: "Sequences are being synchronised", lines: [] }),
  "sequence-sync-completed": () => ({ title: "Sequences synchronised", lines: [] }),
  "sequence-sync-failed": cancelled,
  "replication-degraded": degraded,
  "replication-stopped": stopped,
  "replication-resumed": resumed,
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
  "engine-upgrade-failed": ({ richest, reports, deployment }, as) => ({
    title: `Engine upgrade of ${side(richest?.side)} failed`,
    lines: [
      ...reasons(reports, as, richest?.sourceIdentifier),
      readUpgradeLog(richest?.sourceIdentifier ?? "green", engineOf(deployment)?.upgradeLog, as),
      ...again(deployment, "Fix the cause on blue, delete the deployment together with green, and create it again."),
    ],
  }),
  "creation-held-up": ({ reading, deployment }, as) => ({
    title: "Creation is held up by long transactions",
    lines: [
      `Find them on ${reading.blue ? as.code(reading.blue) : "blue"}${longTransactions(deployment, as)} and end them. RDS then goes on.`,
    ],
  }),
  "storage-initialization-started": () => ({ title: "Green's storage is being initialized", lines: [] }),
  "storage-initialization-completed": () => ({ title: "Green's storage is initialized", lines: [] }),
  "binary-log-coordinates": ({ reading, richest }, as) => ({
    title: "Binary log coordinates after the switchover",
    lines:
      reading.binaryLog && richest
        ? [
            `These are places in the binary log of ${as.code(logOwnerOf(richest))} alone.`,
            "Once consumers (CDC, replicas) have read all of old blue's binary log, point them at " +
              `file ${as.code(reading.binaryLog.file)}, position ${as.code(reading.binaryLog.position)}.`,
          ]
        : [],
  }),
  "other-deployment-event": () => ({
    title: "An event that the guard does not know",
    lines: ["RDS says what follows. If it sounds serious, look in the RDS console."],
  }),
};

function afterDeletion(deployment: Standing | undefined, as: Form): string[] {
  if (deployment?.phase === "recreating") return ["The guard deleted it, with everything green, to create it again."];
  const left = deployment ? leftLines(deployment, as) : [];
  if (deployment?.switched || left.length > 0) return left;
  return ["If nobody meant to delete it, create it again."];
}

function readUpgradeLog(database: string, log: string | undefined, as: Form): string {
  return log === undefined
    ? `Look for the cause among the logs and events of ${as.code(database)} in the RDS console.`
    : `Read the upgrade log of ${as.code(database)} (${as.code(log)}).`;
}

function longTransactions(deployment: ThreadEntry["deployment"], as: Form): string {
  const open = engineOf(deployment)?.openTransactions;
  if (!open) return "";
  return ` (${as.code(open.view)}: oldest ${as.code(open.started)}${open.idle ? `, also ${as.code(open.idle)}` : ""})`;
}

const side = (name: string | undefined): string => name ?? "a member";

/** Mentions repeated reports of the deployment's own event, so that a second attempt within minutes is not lost. */
function started({ reading, reports, deployment }: ThreadEntry, as: Form): Advice {
  const own = reports.filter(({ signal }) => signal === "switchover-started").length;
  return {
    title: "Switchover started",
    lines: [
      ...(deployment ? [] : fromTo(reading.blue, reading.green, as)),
      ...(own > 1 ? [`RDS reported the start ${own} times, which may be another attempt: see the times below.`] : []),
    ],
  };
}

/** Green is built; whether it is ready is announced apart. */
function built({ deployment, at, reports }: ThreadEntry, as: Form): Advice {
  const waits = deployment?.phase === "waiting";
  const isDated = deployment?.createTime !== undefined && reports.some(({ source }) => source === "event");
  const took = !isDated ? 0 : Date.parse(at) - Date.parse(deployment.createTime ?? "");
  const built = took > 0 ? `RDS took ${duration(took)} to build it.` : "";
  return {
    title: "Green is built",
    meaning: waits ? `It cannot be switched over yet. ${built}`.trim() : built,
    lines: waits ? nextStep(deployment, as).split("\n").slice(1) : [],
  };
}

const builtButDegraded = (deployment: Standing): Advice => ({
  title: "Green is built, but degraded",
  meaning: "Green is built, but replication to it is degraded: RDS will refuse the switchover.",
  lines: again(deployment, "Delete the deployment together with green and create it again."),
});
