import type { Meaning } from "../rules/rule.ts";
import { OPERATION_NAMES, OPERATIONS, type OperationName } from "./index.ts";
import type { OperationStep } from "./operation.ts";

type Said = Omit<Meaning, "id" | "apart">;

const SAID = {
  recreate: {
    announced: { severity: "warning", announce: true },
    late: { severity: "warning" },
    asking: {
      severity: "warning",
      announce: true,
    },
    started: { severity: "warning" },
    done: { severity: "good", announce: true },
    refused: { severity: "warning" },
    cancelled: { severity: "warning", announce: true },
    failed: { severity: "critical", announce: true },
  },
  switchover: {
    started: { severity: "warning" },
    done: { severity: "good" },
    partly: { severity: "critical", announce: true },
    refused: { severity: "warning" },
    cancelled: { severity: "warning" },
    failed: { severity: "critical", announce: true },
    unclear: { severity: "critical", announce: true },
  },
} as const satisfies Record<OperationName, Partial<Record<OperationStep, Said>>>;

type SignalsOf<Name extends OperationName> = `${(typeof OPERATIONS)[Name]["signals"]}-${keyof (typeof SAID)[Name] & string}`;

/** Each step that is told, which has to be one of all signals. */
type Told = { [Name in OperationName]: SignalsOf<Name> }[OperationName];

/** The signal of an operation's step, whether or not it is told. */
export const signalOfStep = (operation: OperationName, step: string): string => `${OPERATIONS[operation].signals}-${step}`;

/** What each of them means. Each note of an operation is an entry of its own. */
export const OPERATION_MEANINGS: readonly Meaning[] = OPERATION_NAMES.flatMap((operation) =>
  Object.entries<Said>(SAID[operation]).map(([step, said]) => ({
    id: signalOfStep(operation, step) as Told,
    ...said,
    apart: true as const,
  })),
);
