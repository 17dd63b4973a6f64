import type { Phase } from "../../../standing/phase.ts";
import type { Standing } from "../../../standing/standing.ts";
import { isInParts } from "../../in-parts.ts";
import { countWords } from "./members.ts";

const TITLE: Record<Phase, string> = {
  provisioning: "Building green",
  waiting: "Built, not ready yet",
  ready: "Ready to switch over",
  degraded: "Degraded: cannot be switched over",
  recreating: "Being created again",
  "switching-over": "Switching over",
  "switched-over": "Switched over",
  "partly-switched-over": "Partly switched over",
  failed: "Failed",
  deleted: "Deleted",
  unknown: "In a status that the guard does not know",
};

/** The deployment's state, in a few words. */
export function titleOf(summary: Standing): string {
  const { phase, exists, members, replication, operation, policy, cancelled } = summary;
  if (phase === "failed" && cancelled) return "Stopped: green is deleted";
  if (operation?.stopping && operation.failed === undefined) return "Being stopped";
  if (phase === "degraded") {
    if (replication.state === "terminated") return "Replication terminated: cannot be switched over";
    return policy?.state === "announced" ? "Degraded: the guard will recreate it" : TITLE.degraded;
  }
  if (phase === "waiting" && replication.state === "stopped") return "Built, but replication is stopped";
  if (phase === "waiting" && replication.state === "error") return "Built, but replication has an error";
  if (phase === "partly-switched-over") return `Partly switched over: ${countWords(members)}`;
  if (isInParts(summary)) return `Switching over: ${countWords(members)} switched over`;
  return phase === "deleted" && exists ? "Being deleted" : TITLE[phase];
}
