import type { CallSignal } from "../../../rules/signal-id.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Advice } from "../../advice-shape.ts";
import type { Form } from "../../form.ts";
import { titleOf } from "../standing/title.ts";

/** The words for whether a person is on it. */
export const CALL_ADVICE: Readonly<Record<CallSignal, (entry: ThreadEntry, as: Form) => Advice>> = {
  "needs-person": (entry) => ({ title: `A person is needed${why(entry)}`, lines: [NEXT] }),
  "not-taken": (entry) => ({ title: `Nobody has taken this for 30 minutes${why(entry)}`, lines: [NEXT] }),
  taken: ({ reports }, as) => {
    const { by, instead } = reports[0]?.taken ?? {};
    return {
      title: `${by ? as.person(by) : "Somebody"} is on it`,
      ...(instead && { meaning: `It was ${as.person(instead)} before.` }),
      lines: [],
    };
  },
};

/** Nothing is the matter any more where such an entry is written anew later. */
function why({ deployment }: ThreadEntry): string {
  if (!deployment || deployment.urgency === "none") return "";
  return deployment.severity === "critical" || deployment.severity === "warning" ? `: ${titleOf(deployment)}` : "";
}

const NEXT = "The card says what to do next.";

/** Who is on it, and since when. */
export const takenBy = ({ by, at }: { by: Parameters<Form["person"]>[0]; at: string }, as: Form): string =>
  `Taken by ${as.person(by)} at ${as.time(at)}`;
