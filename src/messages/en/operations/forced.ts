import type { ForceFacts, RdsShows } from "../../../operations/force.ts";
import { type Form, say, type Words } from "../../form.ts";
import { sentence } from "../../sentences.ts";
import { called, OPERATION_WORDS, whoAsks } from "./names.ts";
import { saidWords } from "./said.ts";
import { LEAVES } from "./stopping.ts";

/** How RDS shows a deployment now. */
export const RDS_SHOWS: Words<RdsShows> = {
  shown: ({ deployment, status }, as) => `RDS shows ${called(deployment, as)} as ${as.text(status, 60)}.`,
  "not-listed": ({ deployment }, as) => `RDS does not list ${called(deployment, as)}.`,
  "not-asked": ({ deployment, text }, as) => `RDS could not be asked about ${called(deployment, as)}: ${sentence(as.text(text))}`,
};

/** What ending an operation by force means, in words that a person can refuse; `isHere` if this process is the guard. */
export function forceParts({ request, owner, leaves, rds }: ForceFacts, as: Form, isHere = false): { title: string; lines: string[] } {
  const { operation, deploymentName, requestedAt, notes = [], attemptedAt, outcome } = request;
  const said = outcome?.said ?? notes.at(-1)?.said;
  const last = said ? saidWords(said, as) : "nothing yet.";
  return {
    title: `End the ${OPERATION_WORDS[operation].noun} of ${as.text(deploymentName, 90)} by force?`,
    lines: [
      `Asked for by ${whoAsks(request, as)} at ${as.time(requestedAt)}. The last that it reported: ${last}`,
      ownerWords(owner, as, isHere),
      "It ends for good. If it is still running somewhere, it stops before its next change to RDS. RDS finishes what it has begun.",
      LEAVES[leaves],
      ...(attemptedAt === undefined || outcome !== undefined
        ? []
        : [
            "The guard will not know how the switchover ends: nothing else may begin on the database until a person has looked and cancels once more.",
          ]),
      "After that, nothing may begin on this database for ten minutes.",
      ...rds.map((it) => say(RDS_SHOWS, it, as)),
    ],
  };
}

/** What is known of its execution, and what that means for the database. */
function ownerWords(owner: ForceFacts["owner"], as: Form, isHere: boolean): string {
  switch (owner.state) {
    case "running":
      return isHere
        ? "It is in this folder, and no other process works on it: it is stopped, and other operations may begin on the database."
        : "Lambda says that it is running. The guard asks Lambda to stop it; other operations may begin on the database once Lambda says that it has ended. A call that it makes at this moment may still reach RDS.";
    case "ended":
      return `Lambda says that it has ended (${as.text(owner.status, 60)}): within five minutes other operations may begin on the database, with or without this.`;
    case "gone":
      return isHere
        ? "This folder does not have it, so no process works on it: other operations may begin on the database."
        : "Lambda does not know it: within five minutes other operations may begin on the database.";
    case "unknown":
      return `Lambda did not say whether it is running: ${sentence(as.text(owner.why))} Nothing else may begin on the database before Lambda says that it has ended.`;
  }
}

/** What came of it, once it was confirmed. */
export function forcedWords({ request, owner, rds }: Pick<ForceFacts, "request" | "owner" | "rds">, as: Form, isHere = false): string {
  return [forced(request, owner, isHere), ...rds.map((it) => say(RDS_SHOWS, it, as))].join(" ");
}

function forced({ attemptedAt, outcome }: ForceFacts["request"], owner: ForceFacts["owner"], isHere: boolean): string {
  switch (owner.state) {
    case "running":
      return "It makes no further change. Lambda has not said yet that it has ended: until then nothing else may begin on the database.";
    case "unknown":
      return "It makes no further change. Lambda did not say whether it has ended: until it does, nothing else may begin on the database.";
    default:
      if (attemptedAt !== undefined && (outcome === undefined || outcome.result === "unclear"))
        return "It has ended, and makes no further change. The guard does not know how the switchover ends: nothing else may begin on the database until a person has looked and cancels once more.";
      return `It has ended, and makes no further change. ${isHere ? "Nothing may begin on the database for ten minutes." : "The database is free within five minutes, and nothing may begin on it for ten minutes after that."}`;
  }
}
