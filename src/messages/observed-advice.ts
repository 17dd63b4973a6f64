import type { ThreadEntry } from "../standing/thread-entry.ts";
import type { Advice } from "./advice-shape.ts";
import { remaining, wayBack } from "./after-switchover.ts";
import { memberLines } from "./blue-and-green.ts";
import { replicationRemedy } from "./en/obstacles.ts";
import { saidWords } from "./en/operations/said.ts";
import type { Form } from "./form.ts";
import { plain } from "./mrkdwn.ts";
import { nextStep, noDdlUntilSwitchover } from "./next-step.ts";
import { again, ofBlue } from "./reason-lines.ts";
import { switchoverReport } from "./switchover-report.ts";

/** The words for the signals that a look at RDS gives. */
export const OBSERVED_ADVICE: Record<string, (entry: ThreadEntry, as: Form) => Advice> = {
  ready: ({ deployment }) =>
    deployment === undefined || deployment.phase === "ready"
      ? {
          title: "Ready to switch over",
          lines: ["Test green, then switch over in a quiet hour.", noDdlUntilSwitchover(deployment?.replicationType)],
        }
      : {
          title: "Was ready to switch over",
          meaning: "Green was built, and everything that a switchover needs was there.",
          lines: deployment.degraded ? ["Replication to it is degraded since: RDS will refuse the switchover."] : [],
        },
  "ready-lost": ({ deployment }) => ({
    title: "Not ready to switch over any more",
    lines: deployment?.phase === "waiting" ? nextStep(deployment).split("\n") : ["The card says why, and what to do."],
  }),
  "switched-over": (entry) => switchedOver(entry),
  "partly-switched-over": ({ deployment }) => ({
    title: "Partly switched over: act now",
    lines: [],
    lists: deployment ? [memberLines(deployment.members), nextStep(deployment).split("\n")] : [],
  }),
  "invalid-configuration": (entry) => ({
    title: "Invalid configuration: switchover is blocked",
    lines: [...said(entry.reading.reason), ...again(entry.deployment, "Delete the deployment together with green and create it again.")],
  }),
  "switchover-failed": ({ reading }) => ({
    title: "Switchover failed",
    lines: [...said(reading.reason), "Look at both sides in the RDS console before you try again: is blue still production?"],
  }),
  "member-missing": (entry) => ({
    title: "A database of the deployment is missing",
    lines: [
      ...(entry.reading.reason ? [`Missing: ${plain(entry.reading.reason, 400)}.`] : []),
      ...again(entry.deployment, "If nobody meant to delete it, delete the deployment together with green and create it again."),
    ],
  }),
  "provisioning-stuck": (entry, as) => ({
    title: "Creation seems to be stuck",
    lines: [
      ...(entry.reading.reason ? [`${plain(entry.reading.reason, 400)}.`] : []),
      ...entry.reports.flatMap(({ said: it }) => (it ? [saidWords(it, as, entry.deployment)] : [])).slice(-1),
      "Look for long transactions on blue and at green's events.",
      ...again(entry.deployment, "If nothing moves, delete the deployment together with green and create it again."),
    ],
  }),
  "shown-degraded": (entry) => ({
    title: "Replication is degraded, by the RDS API",
    lines: [
      ...said(entry.reading.reason),
      ...ofBlue(entry.deployment, "Blue is not affected: it stays production."),
      "The API does not say since when, nor what broke it: look for warnings in the engine log of blue.",
      ...again(entry.deployment, "Delete the deployment together with green, and create it again: the card says how."),
    ],
  }),
  "shown-terminated": (entry) => ({
    title: "Replication was terminated, by the RDS API",
    lines: [...said(entry.reading.reason), ...again(entry.deployment, "Delete the deployment together with green, and create it again.")],
  }),
  "shown-error": ({ reading }) => ({
    title: "Replication has an error, by the RDS API",
    lines: [...said(reading.reason), replicationRemedy("error")],
  }),
};

/** What a switchover of every member did, what remains to be done, and how to go back by hand. */
export function switchedOver(entry: ThreadEntry): Advice {
  // Who is production is known only if the guard saw the deployment before.
  const unknown = entry.deployment && entry.deployment.production !== "green" && { meaning: "Green has taken every name of blue's." };
  return { title: "Switched over", ...unknown, lines: switchoverReport(entry), lists: [remaining(entry), wayBack(entry)] };
}

const said = (reason: string | undefined): string[] => (reason ? [`RDS says: ${plain(reason, 400)}`] : []);
