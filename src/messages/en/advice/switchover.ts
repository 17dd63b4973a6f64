import type { MemberStanding } from "../../../standing/members.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Advice } from "../../advice-shape.ts";
import type { Form } from "../../form.ts";
import { countWords } from "../standing/members.ts";
import { switchedOver } from "./observed.ts";
import { again, fromTo, ofBlue, reasons } from "./reasons.ts";
import { degraded } from "./replication.ts";

/** RDS's own event comes before all members are switched over, and also if some never are; how it ended is announced apart. */
export function completed(entry: ThreadEntry, as: Form): Advice {
  const { deployment, reading } = entry;
  if (!deployment) return switchedOver(entry, as);
  const { phase, members, exists, switched } = deployment;
  const lines = fromTo(reading.blue, reading.green, as);
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

/**
 * A switchover that RDS rolled back, whatever said so first: its events, or the guard's operation. Nothing may be said to be as before once a
 * member was switched.
 */
export function cancelled(entry: ThreadEntry, as: Form): Advice {
  const { reading, reports, deployment } = entry;
  const lines = [...(deployment ? [] : fromTo(reading.blue, reading.green, as)), ...reasons(reports, as, reading.blue)];
  if (deployment?.members.some(isSwitched)) {
    const title = "Switchover of a member cancelled";
    return { title, meaning: "RDS cancelled the switchover of a member. Others are switched over: see the card.", lines };
  }
  if (reports.some(({ signal }) => signal === "replication-degraded")) return degraded(entry, as);
  return {
    title: "Switchover cancelled",
    impact: ofBlue(deployment, "Nothing has changed, blue is still production.").join(""),
    meaning: "RDS cancelled the switchover and rolled everything back.",
    lines: [...lines, ...next(entry, as)],
  };
}

function next({ reading, reports, deployment }: ThreadEntry, as: Form): string[] {
  if (reading.degraded || deployment?.replication.state === "degraded") {
    return again(deployment, "Green cannot be switched to any more: delete the deployment together with green and create it again.");
  }
  const retry = (seconds?: number) =>
    deployment ? `: ${as.command("switchover", deployment.name, ...(seconds === undefined ? [] : [String(seconds)]))}` : ".";
  const isSequences = reports.some(({ signal, message }) => signal === "sequence-sync-failed" || /sequence/i.test(message));
  if (isSequences) return [`Sequences could not be synchronised in time. Switch over again with a longer timeout${retry(LONGER_SECONDS)}`];
  const seconds = Number(/timeout of (\d+) seconds/i.exec(reading.reason ?? "")?.[1]);
  if (seconds > 0) return [`Switch over again with a longer timeout${retry(seconds < DEFAULT_SECONDS ? DEFAULT_SECONDS : LONGER_SECONDS)}`];
  return [`Fix the reason, then switch over again${retry()}`];
}

/** What RDS gives a switchover, in seconds; it takes up to 3,600. Source: RDS API, SwitchoverBlueGreenDeployment. */
const DEFAULT_SECONDS = 300;
const LONGER_SECONDS = 1_800;

/** True for a member that was switched over. */
export const isSwitched = ({ outcome }: MemberStanding): boolean => outcome === "switched";
