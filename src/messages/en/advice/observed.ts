import type { LookSignal } from "../../../rules/signal-id.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Advice } from "../../advice-shape.ts";
import type { Form } from "../../form.ts";
import { CLIENTS } from "../clients.ts";
import { replicationRemedy } from "../obstacles.ts";
import { saidWords } from "../operations/said.ts";
import { memberLines } from "../standing/members.ts";
import { nextStep } from "../standing/next-step.ts";
import { noDdlUntilSwitchover } from "../standing/no-ddl.ts";
import { remaining, wayBack } from "./after-switchover.ts";
import { again } from "./reasons.ts";
import { switchoverReport } from "./report.ts";

/** Of a switchover whose end nobody knows: applications may be refused by now. */
export const LOOK_NOW: Pick<Advice, "standsAs" | "impact"> = {
  standsAs: { urgency: "now", severity: "critical" },
  impact: "Look now whether production accepts writes.",
};

/** The words for the signals that a look at RDS gives. */
export const OBSERVED_ADVICE: Readonly<Record<LookSignal, (entry: ThreadEntry, as: Form) => Advice>> = {
  ready: (entry, as) => {
    const { deployment, reports } = entry;
    if (reports.some(({ signal }) => signal === "recreate-done")) return readyAgain(entry, as);
    return deployment === undefined || deployment.phase === "ready"
      ? {
          title: "Ready to switch over",
          lines: ["Test green, then switch over in a quiet hour.", noDdlUntilSwitchover(deployment?.replicationType, as)],
        }
      : {
          title: "Was ready to switch over",
          meaning: "Green was built, and everything that a switchover needs was there.",
          lines: deployment.degraded ? ["Replication has been degraded since: RDS will refuse the switchover."] : [],
        };
  },
  "ready-lost": ({ deployment }, as) => ({
    title: "Not ready to switch over any more",
    meaning: "",
    lines: deployment?.phase === "waiting" ? nextStep(deployment, as).split("\n") : ["The card says why, and what to do."],
  }),
  "switched-over": switchedOver,
  "partly-switched-over": ({ deployment }, as) => ({
    title: "Partly switched over",
    lines: deployment ? nextStep(deployment, as).split("\n") : [],
    meaning: "",
    ...(deployment && { lists: [memberLines(deployment.members, as)] }),
  }),
  "invalid-configuration": (entry, as) => ({
    title: "Invalid configuration: switchover is blocked",
    lines: [
      ...said(entry.reading.reason, as),
      ...again(entry.deployment, "Delete the deployment together with green and create it again."),
    ],
  }),
  "switchover-failed": ({ reading }, as) => ({
    title: "Switchover failed",
    ...LOOK_NOW,
    lines: [...said(reading.reason, as), "Look at both sides in the RDS console before you try again: is blue still production?"],
  }),
  "member-missing": (entry, as) => ({
    title: "A database of the deployment is missing",
    lines: [
      ...missing(entry.reading, as),
      ...again(entry.deployment, "If nobody meant to delete it, delete the deployment together with green and create it again."),
    ],
  }),
  "provisioning-stuck": (entry, as) => ({
    title: "Creation seems to be stuck",
    lines: [
      ...stuck(entry, as),
      "Look for long transactions on blue and at green's events.",
      ...again(entry.deployment, "If nothing moves, delete the deployment together with green and create it again."),
    ],
  }),
  "shown-degraded": (entry, as) => ({
    title: "Replication is degraded, by the RDS API",
    lines: [
      ...said(entry.reading.reason, as),
      "The API does not say since when, nor what broke it: look for warnings in the engine log of blue.",
      ...again(entry.deployment, "Delete the deployment together with green, and create it again: the card says how."),
    ],
  }),
  "shown-terminated": (entry, as) => ({
    title: "Replication was terminated, by the RDS API",
    lines: [
      ...said(entry.reading.reason, as),
      ...again(entry.deployment, "Delete the deployment together with green, and create it again."),
    ],
  }),
  "shown-error": ({ reading }, as) => ({
    title: "Replication has an error, by the RDS API",
    lines: [...said(reading.reason, as), replicationRemedy("error")],
  }),
};

/** The guard has created it again, and it is ready, or was: nothing may lead to a switchover that has begun. */
export function readyAgain({ reports, deployment }: ThreadEntry, as: Form): Advice {
  const said = reports.findLast((report) => report.said)?.said;
  const meaning = said ? saidWords(said, as, deployment) : "The deployment was created again.";
  if (deployment && deployment.phase !== "ready") return { title: "Created again, and was ready to switch over", meaning, lines: [] };
  return {
    title: "Created again, and ready to switch over",
    meaning,
    lines: ["Test green, then switch over in a quiet hour.", noDdlUntilSwitchover(deployment?.replicationType, as)],
    lists: [[CLIENTS]],
  };
}

/** What a switchover of every member did, what remains to be done, and how to go back by hand. */
export function switchedOver(entry: ThreadEntry, as: Form): Advice {
  // Who is production is known only if the guard saw the deployment before.
  const unknown = entry.deployment && entry.deployment.production !== "green" && { meaning: "Green has taken every name of blue's." };
  const [took, ...report] = switchoverReport(entry, as);
  const lines = [took ?? "", "What remains to be done is in the thread: statistics, infrastructure code, old blue."];
  return { title: "Switched over", ...unknown, lines, lists: [report, remaining(entry, as), wayBack(entry, as)] };
}

const said = (reason: string | undefined, as: Form): string[] => (reason ? [`RDS says: ${as.text(reason, 400)}`] : []);

function missing({ missing: gone = [] }: ThreadEntry["reading"], as: Form): string[] {
  return gone.length === 0 ? [] : [`Missing: ${as.text(gone.map(({ name, side }) => `${side} of ${name}`).join(", "), 400)}.`];
}

/** An operation that waits for it says it in its own words. */
function stuck({ reading: { stuck: it }, reports, deployment }: ThreadEntry, as: Form): string[] {
  const said = reports.findLast((report) => report.said)?.said;
  if (said) return [saidWords(said, as, deployment)];
  if (!it) return [];
  return [`${it.done} of ${it.of} tasks done${it.task ? `, at ${as.text(it.task, 60)}` : ""}, unchanged since ${as.time(it.since)}.`];
}
