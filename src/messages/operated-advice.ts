import type { OperationSignal } from "../operations/signals.ts";
import type { Standing } from "../standing/standing.ts";
import type { ThreadEntry } from "../standing/thread-entry.ts";
import type { Advice } from "./advice-shape.ts";
import { plain } from "./mrkdwn.ts";

const LONGEST = 1_200;
const COMMAND = /npx bluegreen-guard [a-z]+ [\w-]+/g;

/** Formats the guard's own words, with the commands in them as code. */
export const ownWords = (text: string): string => plain(text, LONGEST).replace(COMMAND, "`$&`");

const titled =
  (title: string) =>
  ({ richest, deployment }: ThreadEntry): Advice => {
    return { title, lines: [ownWords(saidBefore(richest?.message ?? "", deployment))] };
  };

/** True if green may have become production since the words were written, even if the deployment was deleted since. */
function mayBeProduction(deployment: Standing | undefined): boolean {
  if (!deployment) return false;
  return deployment.exists ? !deployment.mayDeleteGreen : deployment.members.some(({ outcome }) => outcome === "switched");
}

/** What an operation said earlier, without what would delete green by now. */
export function saidBefore(said: string, deployment: Standing | undefined): string {
  if (!mayBeProduction(deployment)) return said;
  const kept = said
    .replace(/[^.!?]*\b(npx bluegreen-guard recreate|will delete|recreate the deployment|Nothing has changed)\b[^.!?]*[.!?]?/g, "")
    .trim();
  return kept === said ? said : `${kept} Delete nothing: green may be production by now.`;
}

function announced(entry: ThreadEntry): Advice {
  const { deployment } = entry;
  const isProduction = mayBeProduction(deployment);
  if (!isProduction && deployment?.exists !== false) return titled("Will be deleted and created again")(entry);
  return {
    title: "Was to be deleted and created again",
    meaning: "The policy let the guard recreate by itself.",
    lines: [
      isProduction ? "Green may be production by now: the guard does not delete it." : "RDS no longer lists it: nothing is left to delete.",
    ],
  };
}

/** The words for the signals of the guard's operations. */
export const OPERATED_ADVICE: Record<OperationSignal, (entry: ThreadEntry) => Advice> = {
  "recreate-announced": announced,
  "recreate-late": titled("The automatic recreation is late"),
  "recreate-asking": titled("Recreate? A person has to decide"),
  "recreate-started": titled("Being deleted and created again"),
  "recreate-done": titled("Created again"),
  "recreate-refused": titled("Not recreated"),
  "recreate-cancelled": titled("Recreation stopped"),
  "recreate-failed": titled("Recreation failed"),
  "switchover-operation-started": titled("Being switched over"),
  "switchover-operation-done": titled("The guard has switched over"),
  "switchover-operation-partly": titled("The guard's switchover ended in part"),
  "switchover-operation-refused": titled("Not switched over"),
  "switchover-operation-cancelled": titled("The guard's switchover ended without a change"),
  "switchover-operation-failed": titled("The guard's switchover failed"),
  "switchover-operation-unclear": titled("Switchover unclear: a person has to look"),
};
