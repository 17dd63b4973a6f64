import type { Steps } from "../../../operations/says/sayings.ts";
import { say, type Words } from "../../form.ts";
import { sentence, told } from "../../sentences.ts";
import { advice, type Telling } from "../../telling.ts";
import { askedBy, called } from "./names.ts";
import { SHOWING } from "./showing.ts";

/** What an operation does, or waits for. */
export const STEPS: Words<Steps, Telling> = {
  late: ({ validUntil }, as) =>
    `The guard wanted to recreate by itself, and nothing had begun by ${as.time(validUntil)}: it asks again. See whether its event bus and its recreate function work.`,
  announced: ({ deployment, settleMinutes }, as) =>
    told(
      advice(
        `The guard will delete ${called(deployment, as)} with everything green and create it again, ` +
          `once no DDL was seen on blue for ${settleMinutes} minutes.`,
        as,
      ),
      "RDS may report only the first DDL: stop what runs it.",
      `To hold it: ${as.command("cancel", deployment.name)}`,
    ),
  asking: ({ deployment, doubt }, as) =>
    told(
      `The guard does not recreate ${called(deployment, as)} by itself.`,
      as.why(doubt),
      advice(`See the plan and decide: ${as.command("recreate", deployment.name)}`, as),
    ),
  "recreation-begins": ({ asker, deployment, greens, newName, unprotects }, as) =>
    `${askedBy(asker, as)}: ${called(deployment, as)} is deleted with green (${greens.map((it) => as.code(it, 90)).join(", ")}), ` +
    `then created again as ${as.code(newName, 90)}.${unprotects ? " Deletion protection of green is turned off first." : ""}`,
  "recreation-goes-on": ({ asker, deployment, newName }, as) =>
    `${askedBy(asker, as)}: ${called(deployment, as)} is gone with green, and is created again as ${as.code(newName, 90)} with the saved settings.`,
  "green-being-deleted": () => "RDS deletes it with everything green.",
  "green-deleted-before": () => "The deployment is deleted already, with everything green.",
  "green-gone": () => "Everything green is gone. The creation comes next.",
  "not-created-yet": ({ text }, as) => `RDS does not create it yet: ${sentence(as.text(text))}`,
  "green-being-built": ({ newName }, as) => `Created as ${as.code(newName, 90)}: RDS is building green.`,
  stuck: ({ deployment, hours, shows }, as) => {
    const what = shows ? say(SHOWING, shows, as) : "the deletion";
    return `Nothing has moved for ${hours === 1 ? "an hour" : `${hours} hours`} (${what}). The guard keeps waiting. To stop that: ${as.command("cancel", deployment.name)}`;
  },
  "switchover-begins": ({ asker, deployment, timeoutSeconds }, as) =>
    `${askedBy(asker, as)}: ${called(deployment, as)} is switched over within ${timeoutSeconds} s, or RDS rolls it back.`,
  "switching-over": () => "RDS has begun. It drops all connections and refuses new ones for a time, usually seconds.",
  "perhaps-switching-over": () =>
    "It is not known whether RDS has received the request to switch over. The guard does not ask again: it watches RDS's status and events.",
  "rds-said": ({ at, text }, as) => `RDS, ${as.clock(at)}: ${as.text(text, 900)}`,
};
