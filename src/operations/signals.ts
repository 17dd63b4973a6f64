import type { Meaning } from "../rules/rule.ts";
import { OPERATION_NAMES, OPERATIONS, type OperationName } from "./index.ts";
import type { OperationStep } from "./operation.ts";

type Said = Omit<Meaning, "id" | "apart">;

const SAID = {
  recreate: {
    announced: { severity: "warning", meaning: "The policy lets the guard recreate by itself.", announce: true },
    late: { severity: "warning", meaning: "The policy's recreation has not begun in time: it is asked for again." },
    asking: {
      severity: "warning",
      meaning: "The policy lets the guard recreate by itself, but a person has to look at this one.",
      announce: true,
    },
    started: { severity: "warning", meaning: "The guard recreates the deployment." },
    done: { severity: "good", meaning: "The deployment was created again.", announce: true },
    refused: { severity: "warning", meaning: "The guard did not recreate." },
    cancelled: { severity: "warning", meaning: "The recreation was stopped by a person.", announce: true },
    failed: { severity: "critical", meaning: "The recreation failed.", announce: true },
  },
  switchover: {
    started: { severity: "warning", meaning: "The guard switches the deployment over." },
    done: { severity: "good", meaning: "The switchover that was asked for is done." },
    partly: { severity: "critical", meaning: "RDS has switched over a part of the deployment, and not the rest.", announce: true },
    refused: { severity: "warning", meaning: "The guard did not switch over." },
    cancelled: { severity: "warning", meaning: "The switchover that was asked for did not take place." },
    failed: { severity: "critical", meaning: "The switchover failed.", announce: true },
    unclear: { severity: "critical", meaning: "It is not clear how the switchover ended: a person has to look.", announce: true },
  },
} as const satisfies Record<OperationName, Partial<Record<OperationStep, Said>>>;

type SignalsOf<Name extends OperationName> = `${(typeof OPERATIONS)[Name]["signals"]}-${keyof (typeof SAID)[Name] & string}`;

/** The signals of the guard's own operations, which no RDS event and no look at the API reports. */
export type OperationSignal = { [Name in OperationName]: SignalsOf<Name> }[OperationName];

/** The signal of an operation's step, whether or not it is told. */
export const signalOfStep = (operation: OperationName, step: string): string => `${OPERATIONS[operation].signals}-${step}`;

/** What each of them means. Each note of an operation is an entry of its own. */
export const OPERATION_MEANINGS: readonly Meaning[] = OPERATION_NAMES.flatMap((operation) =>
  Object.entries<Said>(SAID[operation]).map(([step, said]) => ({ id: signalOfStep(operation, step), ...said, apart: true as const })),
);
