import type { ThreadEntry } from "../facts/thread-entry.ts";
import type { Advice } from "./advice-shape.ts";
import { plain } from "./mrkdwn.ts";

/** The words for the signals that only the API shows. */
export const OBSERVED_ADVICE: Record<string, (entry: ThreadEntry) => Advice> = {
  "invalid-configuration": ({ reading }) => ({
    title: "Invalid configuration: switchover is blocked",
    lines: [...said(reading.reason), "Delete the deployment together with green and create it again."],
  }),
  "switchover-failed": ({ reading }) => ({
    title: "Switchover failed",
    lines: [...said(reading.reason), "Look at both sides in the RDS console before you try again: is blue still production?"],
  }),
  "member-missing": ({ reading }) => ({
    title: "A database of the deployment is missing",
    lines: [
      ...(reading.reason ? [`Missing: ${plain(reading.reason, 400)}.`] : []),
      "If nobody meant to delete it, delete the deployment together with green and create it again.",
    ],
  }),
  "provisioning-stuck": ({ reading }) => ({
    title: "Creation seems to be stuck",
    lines: [
      ...(reading.reason ? [`${plain(reading.reason, 400)}.`] : []),
      "Look for long transactions on blue and at green's events; if nothing moves, delete the deployment together with green and create it again.",
    ],
  }),
};

const said = (reason: string | undefined): string[] => (reason ? [`RDS says: ${plain(reason, 400)}`] : []);
