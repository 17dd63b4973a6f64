import type { ForceFacts, RdsShows } from "../../../operations/force.ts";
import { type Form, say, type Words } from "../../form.ts";
import { called, OPERATION_WORDS, whoAsks } from "./names.ts";
import { saidWords } from "./said.ts";
import { LEAVES } from "./stopping.ts";

/** How RDS shows a deployment now. */
export const RDS_SHOWS: Words<RdsShows> = {
  shown: ({ deployment, status }, as) => `RDS shows ${called(deployment, as)} as ${as.text(status, 60)}.`,
  "not-listed": ({ deployment }, as) => `RDS does not list ${called(deployment, as)}.`,
  "not-asked": ({ deployment, text }, as) => `RDS could not be asked about ${called(deployment, as)}: ${as.text(text)}.`,
};

/** What ending an operation by force means, in words that a person can refuse; `isHere` if this process is the guard. */
export function forceParts({ request, owner, leaves, rds }: ForceFacts, as: Form, isHere = false): { title: string; lines: string[] } {
  const { operation, deploymentName, requestedAt, notes = [], attemptedAt, outcome } = request;
  const said = outcome?.said ?? notes.at(-1)?.said;
  const last = said ? saidWords(said, as) : "It has written down nothing yet.";
  return {
    title: `End the ${OPERATION_WORDS[operation].noun} of ${as.text(deploymentName, 90)} by force?`,
    lines: [
      `Asked for by ${whoAsks(request, as)} at ${as.time(requestedAt)}. Its last words: ${last}`,
      ownerWords(owner, as, isHere),
      "It ends for good: should it be at work somewhere all the same, it stops before its next change to RDS. What RDS is doing by now, RDS goes on with.",
      LEAVES[leaves],
      ...(attemptedAt === undefined || outcome !== undefined
        ? []
        : ["How the switchover ends is unclear then: the database stays claimed until a person has looked, and cancels once more."]),
      "Nothing begins on this database for ten minutes after it is released.",
      ...rds.map((it) => say(RDS_SHOWS, it, as)),
    ],
  };
}

/** What is known of its execution, and what that means for the database. */
function ownerWords(owner: ForceFacts["owner"], as: Form, isHere: boolean): string {
  switch (owner.state) {
    case "running":
      return isHere
        ? "Its execution is in this folder, and no other process works on it: it is stopped, and the database is released."
        : "Lambda says that its execution is running. Lambda is asked to stop it, and the database is released once Lambda says that it has ended. A call that it makes at this moment may still reach RDS.";
    case "ended":
      return `Its execution has ended (${as.text(owner.status, 60)}): the database is released within five minutes, with or without this.`;
    case "gone":
      return isHere
        ? "This folder has no such execution, so no process works on it: the database is released."
        : "Lambda answers that there is no such execution: the database is released within five minutes.";
    case "unknown":
      return `Whether its execution is running could not be asked: ${as.text(owner.why)}. Nothing is released before Lambda says that it has ended.`;
  }
}

/** What came of it, once it was confirmed. */
export function forcedWords({ request, owner, rds }: Pick<ForceFacts, "request" | "owner" | "rds">, as: Form, isHere = false): string {
  return [forced(request, owner, isHere), ...rds.map((it) => say(RDS_SHOWS, it, as))].join(" ");
}

function forced({ attemptedAt, outcome }: ForceFacts["request"], owner: ForceFacts["owner"], isHere: boolean): string {
  switch (owner.state) {
    case "running":
      return "It makes no further change. Its execution is not known to have ended yet, and the database stays claimed until it has.";
    case "unknown":
      return "It makes no further change. Whether its execution has ended could not be asked, and the database stays claimed until Lambda says so.";
    default:
      if (attemptedAt !== undefined && (outcome === undefined || outcome.result === "unclear"))
        return "It is ended, and makes no further change. How the switchover ends is unclear: the database stays claimed until a person has looked, and cancels once more.";
      return `It is ended, and makes no further change. The database is released${isHere ? "" : " within five minutes"}; nothing begins on it for ten minutes after that.`;
  }
}
