import type { OperationSignal } from "../../../rules/signal-id.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Advice } from "../../advice-shape.ts";
import type { Form } from "../../form.ts";
import { mayBeProduction, saidWords } from "../operations/said.ts";

const titled =
  (title: string) =>
  ({ richest, deployment }: ThreadEntry, as: Form): Advice => {
    return { title, lines: richest?.said ? [saidWords(richest.said, as, deployment)] : [] };
  };

const announced = (entry: ThreadEntry, as: Form): Advice =>
  mayBeProduction(entry.deployment)
    ? {
        title: "Was to be deleted and created again",
        meaning: "The guard's settings let it recreate by itself.",
        lines: ["Green may be production by now: the guard does not delete it."],
      }
    : titled("Will be deleted and created again")(entry, as);

/** The words for the signals of the guard's operations. */
export const OPERATED_ADVICE: Readonly<Record<OperationSignal, (entry: ThreadEntry, as: Form) => Advice>> = {
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
