import type { BuildStep } from "../../../facts/one-message.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Advice } from "../../advice-shape.ts";
import type { Form } from "../../form.ts";

const STEPS: Readonly<Record<BuildStep, string>> = {
  "replication-stopped": "Replication to green stopped, as it does while green is built.",
  "replication-resumed": "Replication to green runs again.",
  "engine-upgrade-started": "The upgrade of green's engine began.",
  "engine-upgrade-finished": "Green's engine has its new version.",
  "storage-initialization-started": "RDS began to initialize green's storage.",
  "storage-initialization-completed": "Green's storage is initialized.",
};

const MOST_STEPS = 12;

/** How green was built so far, step by step. */
export function building(steps: NonNullable<ThreadEntry["steps"]>, as: Form): Advice {
  const more = steps.length - MOST_STEPS;
  return {
    title: "How green is built",
    meaning: "Nothing to do.",
    lines: [
      ...(more > 0 ? [`• ${more} steps before these`] : []),
      ...steps.slice(-MOST_STEPS).map(({ signal, at }) => `• ${as.clock(at)} ${STEPS[signal]}`),
    ],
  };
}
