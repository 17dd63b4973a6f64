import type { DatabasesView } from "../databases.ts";
import type { OperationView } from "../operations.ts";
import { kindOf } from "./operation-steps.ts";

type Step = OperationView["notes"][number]["step"];
type Result = NonNullable<OperationView["outcome"]>["result"];

/** How an operation stands: its colour, one word, and what it does now or waits for; undefined once it has ended. */
export interface Status {
  kind: "running" | "good" | "bad" | "";
  word: string;
  now: string;
}

/** What an operation's status is read from beside what the guard keeps of it. */
export interface Surroundings {
  isGuardAlive: boolean;
  deployments: DatabasesView["deployments"];
}

const ENDS: Readonly<Record<Result, string>> = {
  done: "done",
  partly: "partly done",
  failed: "failed",
  refused: "refused",
  cancelled: "stopped",
  unclear: "unclear",
};
/** What comes after the last thing that is written down. */
const NEXT: Readonly<Partial<Record<Step, string>>> = {
  announced: "Waits until the DDL on blue has settled; until then it can be stopped.",
  started: "Deletes the deployment with everything green, if RDS still says that it may.",
  deleting: "Waits until RDS has deleted all of it, then creates it again.",
  creating: "Asks RDS for it.",
  waiting: "Tries again until RDS takes it.",
  building: "Waits until RDS has built green.",
  stuck: "Waits on.",
};
/** The same where an operation begins or goes on otherwise than a recreation. */
const NEXT_OF: Readonly<Record<OperationView["operation"], typeof NEXT>> = {
  recreate: {},
  switchover: {
    started: "Waits until all of green is ready, then asks RDS once.",
    switching: "RDS is switching over: writes are refused for most of this time.",
    reported: "RDS is switching over: writes are refused for most of this time.",
  },
};
/** What comes before anything is written down. */
const FIRST: Readonly<Record<OperationView["operation"], string>> = {
  recreate: "The guard looks at the deployment and at all that creation needs.",
  switchover: "The guard looks whether the deployment is ready.",
};

/** How an operation stands. */
export function statusOf(operation: OperationView, { isGuardAlive, deployments }: Surroundings): Status {
  const { outcome, begun, cancelled, halfDone } = operation;
  if (outcome) return { kind: kindOf(outcome.result), word: halfDone ? "half done" : ENDS[outcome.result], now: "" };
  if (!isGuardAlive) {
    return { kind: "bad", word: "at a standstill", now: "The guard was killed: nobody is at work. Start it, and it goes on where it was." };
  }
  if (cancelled) return { kind: "running", word: "stopping", now: `${cancelled.by} has it stop before its next change.` };
  if (!begun) return { kind: "running", word: "asked for", now: "Waits for the guard to begin." };
  return { kind: "running", word: "under way", now: `${nextOf(operation)}${progress(operation, deployments)}` };
}

function nextOf({ operation, notes }: OperationView): string {
  const step = notes.at(-1)?.step;
  return (step && (NEXT_OF[operation][step] ?? NEXT[step])) ?? FIRST[operation];
}

/** How far RDS is with what was created. */
function progress({ created }: OperationView, deployments: Surroundings["deployments"]): string {
  const tasks = deployments.find(({ id }) => id === created)?.tasks ?? [];
  if (tasks.length === 0) return "";
  const done = tasks.filter(({ status }) => status === "COMPLETED").length;
  return ` ${done} of ${tasks.length} tasks done.`;
}
