import type { CallSignal } from "../../../rules/signal-id.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Advice } from "../../advice-shape.ts";
import type { Form } from "../../form.ts";
import { nextStep } from "../standing/next-step.ts";
import { titleOf } from "../standing/title.ts";

/** The words for whether a person is on it. */
export const CALL_ADVICE: Readonly<Record<CallSignal, (entry: ThreadEntry, as: Form) => Advice>> = {
  "needs-person": (entry, as) => ({ title: `A person is needed${why(entry)}`, lines: nextLines(entry, as) }),
  "not-taken": (entry, as) => ({ title: `Nobody has taken this for 30 minutes${why(entry)}`, lines: nextLines(entry, as) }),
  taken: ({ reports }, as) => {
    const { by, instead } = reports[0]?.taken ?? {};
    return {
      title: `${by ? as.person(by) : "Somebody"} is on it`,
      ...(instead && { meaning: `It was ${as.person(instead)} before.` }),
      lines: [],
    };
  },
};

const why = ({ deployment }: ThreadEntry): string => (deployment ? `: ${titleOf(deployment)}` : "");

const nextLines = ({ deployment }: ThreadEntry, as: Form): string[] => (deployment ? nextStep(deployment, as).split("\n") : []);

/** Who is on it, and since when. */
export const takenBy = ({ by, at }: { by: Parameters<Form["person"]>[0]; at: string }, as: Form): string =>
  `Taken by ${as.person(by)} at ${as.time(at)}`;
