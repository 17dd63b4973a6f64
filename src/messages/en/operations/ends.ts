import type { Ends, Lefts } from "../../../operations/says/sayings.ts";
import { say, type Words } from "../../form.ts";
import { told } from "../../sentences.ts";
import { advice, type Telling } from "../../telling.ts";
import { called } from "./names.ts";

/** What is there of a recreation whose new deployment RDS has not named. */
export const LEFTS: Words<Lefts> = {
  "perhaps-there": ({ deployment }, as) => `RDS has not said that it deletes ${called(deployment, as)}: see whether it is there.`,
  "nothing-in-its-place": ({ deployment, greenStays }, as) =>
    `${called(deployment, as)} is deleted${greenStays ? "" : " with green"}, and NOTHING was created in its place.`,
  "perhaps-created": ({ deployment, greenStays, newName }, as) =>
    `${called(deployment, as)} is deleted${greenStays ? "" : " with green"}. Whether RDS has begun to create ${as.text(newName, 90)} is not known: see whether it is there.`,
};

const NO_CHANGE = "The guard has changed nothing.";

/** How an operation ended: why, what exists now, and how to go on. */
export const ENDS: Words<Ends, Telling> = {
  recreated: ({ deployment, newName, id, but }, as) =>
    told(
      `${called(deployment, as)} was created again as ${as.text(newName, 90)} (${as.text(id, 60)}): green ${but ? "was" : "is"} ready.`,
      as.why(but),
    ),
  "request-was-lost": ({ deployment, why }, as) =>
    told(
      as.why(why),
      "What it had changed in RDS by then is not known, since its request is lost.",
      `See how things stand: ${as.command("status", deployment.name)}`,
    ),
  "degraded-again-to-green": ({ newName, why }, as) =>
    told(as.why(why), `The guard has not changed blue. The card of ${as.text(newName, 90)} says what comes next.`),
  "new-green-not-ready": ({ newName, why }, as) =>
    told(as.why(why), "The guard has not changed blue.", advice(`Once the cause is gone: ${as.command("recreate", newName)}`, as)),
  "deleted-and-not-created": ({ deployment, left, why }, as) =>
    told(
      as.why(why),
      say(LEFTS, left, as),
      "The guard has not changed blue, and the spec is kept.",
      advice(`Once the cause is gone, go on from there: ${as.command("recreate", deployment.name)}`, as),
    ),
  "deletion-refused": ({ deployment, why }, as) =>
    told(
      "At the deletion:",
      as.why(why),
      "RDS refused it, and it is not tried again.",
      advice(`For a new plan: ${as.command("recreate", deployment.name)}`, as),
    ),
  "deletion-unsure": ({ deployment, left, why }, as) =>
    told("At the deletion:", as.why(why), say(LEFTS, left, as), advice(`Then: ${as.command("recreate", deployment.name)}`, as)),
  "perhaps-unprotected": ({ why }, as) => told(as.why(why), "Deletion protection of green may be off; nothing was deleted."),
  "nothing-changed": ({ why }, as) => told(as.why(why), NO_CHANGE),
  "switched-over": ({ deployment, took, why }, as) =>
    told(`${called(deployment, as)} was switched over.`, tookWords(took, as), as.why(why)),
  "switched-over-in-part": ({ deployment, why }, as) =>
    told(
      `RDS has switched over a part of ${called(deployment, as)}.`,
      as.why(why),
      "Point what reads from the names that were not switched over at a database that was. Delete nothing, blue or green, before no name leads to it.",
    ),
  "switchover-failed": ({ deployment, why }, as) =>
    told(`The switchover of ${called(deployment, as)} failed.`, as.why(why), "See whether blue accepts writes, before anything else."),
  "switchover-unclear": ({ deployment, why }, as) =>
    told(
      `How the switchover of ${called(deployment, as)} ended is unclear.`,
      as.why(why),
      "Look in the RDS console which side has blue's name and accepts writes. Nothing else is done on this database until a person has decided: " +
        as.command("cancel", deployment.name),
    ),
  "switchover-cancelled": ({ deployment, why }, as) =>
    told(
      `RDS cancelled the switchover of ${called(deployment, as)}: ${as.why(why) || "RDS does not say why."}`,
      advice("Nothing has changed: blue is production, and accepts writes.", as),
    ),
};

function tookWords(took: Ends["switched-over"]["took"], as: Telling): string {
  if (!took) return "";
  const { blue, green, versions } = took;
  const from = versions ? `, engine version ${versions.map((it) => as.text(it, 40)).join(" → ")}` : "";
  return `${as.text(green, 90)} is called ${as.text(blue, 90)} now${from}.`;
}
