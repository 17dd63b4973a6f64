import type { MemberStanding } from "../../../standing/members.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Advice } from "../../advice-shape.ts";
import type { Form } from "../../form.ts";
import { countWords } from "../standing/members.ts";
import { switchedOver } from "./observed.ts";
import { again, fromTo, ofBlue, reasons } from "./reasons.ts";

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

/** Nothing may be said to be as before once a member was switched. */
export function cancelled({ reading, reports, deployment }: ThreadEntry, as: Form): Advice {
  const lines = [...fromTo(reading.blue, reading.green, as), ...reasons(reports, as, reading.blue)];
  if (deployment?.members.some(isSwitched)) {
    const title = "Switchover of a member cancelled";
    return { title, meaning: "RDS cancelled the switchover of a member. Others are switched over: see the card.", lines };
  }
  const isDegraded = reading.degraded || deployment?.replication.state === "degraded";
  const next = isDegraded
    ? again(deployment, "Green cannot be switched to any more: delete the deployment together with green and create it again.")
    : ["Fix the reason, then switch over again."];
  return { title: "Switchover cancelled", lines: [...lines, [...ofBlue(deployment, "Blue is still production."), ...next].join(" ")] };
}

/** True for a member that was switched over. */
export const isSwitched = ({ outcome }: MemberStanding): boolean => outcome === "switched";
