import type { OperationSignal } from "../../../rules/signal-id.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Advice } from "../../advice-shape.ts";
import type { Form } from "../../form.ts";
import { mayBeProduction, saidWords } from "../operations/said.ts";
import { LOOK_NOW, OBSERVED_ADVICE, readyAgain, switchedOver } from "./observed.ts";
import { cancelled } from "./switchover.ts";

const titled =
  (title: string) =>
  ({ richest, deployment }: ThreadEntry, as: Form): Advice => {
    // The title and its own words say all.
    return richest?.said ? { title, meaning: "", lines: [saidWords(richest.said, as, deployment)] } : { title, lines: [] };
  };

const announced = (entry: ThreadEntry, as: Form): Advice =>
  mayBeProduction(entry.deployment)
    ? {
        title: "Was to be deleted and created again",
        meaning: "The settings let the guard recreate by itself.",
        lines: ["Green may be production by now: the guard does not delete it."],
      }
    : titled("Will be deleted and created again")(entry, as);

/** The words for the signals of the guard's operations. */
export const OPERATED_ADVICE: Readonly<Record<OperationSignal, (entry: ThreadEntry, as: Form) => Advice>> = {
  "recreate-announced": announced,
  "recreate-late": titled("The automatic recreation is late"),
  "recreate-asking": titled("Recreate? A person has to decide"),
  "recreate-started": titled("Being deleted and created again"),
  "recreate-done": (entry, as) => (entry.deployment?.phase === "ready" ? readyAgain(entry, as) : titled("Created again")(entry, as)),
  "recreate-refused": titled("Not recreated"),
  "recreate-cancelled": titled("Recreation stopped"),
  "recreate-failed": (entry, as) =>
    titled(entry.deployment?.unfinished ? "Recreation failed, there is no green now" : "Recreation failed")(entry, as),
  "switchover-operation-started": titled("Being switched over"),
  "switchover-operation-done": (entry, as) =>
    entry.deployment?.switched ? switchedOver(entry, as) : titled("The guard has switched over")(entry, as),
  "switchover-operation-partly": OBSERVED_ADVICE["partly-switched-over"],
  "switchover-operation-refused": titled("Not switched over"),
  "switchover-operation-cancelled": cancelled,
  "switchover-operation-failed": (entry, as) => ({ ...titled("The guard's switchover failed")(entry, as), ...LOOK_NOW }),
  "switchover-operation-unclear": (entry, as) => ({ ...titled("It is not clear how the switchover ended")(entry, as), ...LOOK_NOW }),
};
