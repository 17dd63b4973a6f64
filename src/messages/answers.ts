import type { Coded } from "../deployments/coded.ts";
import type { NotFounds } from "../deployments/find-deployment.ts";
import type { Person } from "../deployments/person.ts";
import type { ForceFacts } from "../operations/force.ts";
import type { OperationName } from "../operations/index.ts";
import type { Asker } from "../operations/says/asker.ts";
import type { Decision } from "../operations/says/decision.ts";
import type { Reason } from "../operations/says/reasons.ts";
import type { Said } from "../operations/says/sayings.ts";
import type { Severity } from "../rules/rule.ts";
import type { Claimed } from "../standing/claimed.ts";
import type { Leaves } from "../standing/under-way.ts";

/** What a command or a press is answered, if that is a sentence or two. */
export type Answer = Coded<Answers>;

/** The same, by code; a deployment has the name that a person types. */
export interface Answers extends NotFounds, Refused, OfCancelling, OfDeciding {
  "answering-failed": object;
  "answering-died": object;
  "being-worked-on": object;
  "not-your-plan": object;
  "left-as-it-is": object;
  begins: { operation: OperationName; name: string };
  "approval-asked": object;
  "nothing-to-go-on-with": object;
  "cannot-go-on": { why: Reason };
  "under-way": { operation: OperationName; name: string; asker: Asker; approved: boolean };
  "full-name-needed": { name: string; id: string };
  /** Since the plan that was confirmed. */
  recovered: { name: string; id: string };
  "plan-too-old": { operation: OperationName; deployment: string };
  "plan-used-already": object;
  /** `confirmed` if it could be planned before. */
  "cannot-plan": { why: Reason; confirmed: boolean };
}

interface Refused {
  elsewhere: object;
  "perhaps-elsewhere": object;
  "not-here": { channels: readonly string[] };
  "without-operations": object;
  "no-operators": object;
  "not-an-operator": object;
  /** `lasts` until a person corrects a setting. */
  "operators-unknown": { lasts: boolean };
}

interface OfCancelling {
  "nothing-to-stop": { typed: string; underWay: readonly string[] };
  "had-not-begun": { leaves: Leaves };
  "has-ended": { how: Said };
  stops: { leaves: Leaves; isWoken: boolean };
  "execution-ended": { status: string };
  /** Nobody is known to be at work who could stop; `text` is why that could not be asked. */
  "perhaps-at-work": { name: string; leaves: Leaves; text?: string };
  "put-aside": { quiet?: Claimed; isReleased: boolean };
  "ended-meanwhile": object;
  forced: Pick<ForceFacts, "request" | "owner" | "rds">;
}

interface OfDeciding {
  "outdated-button": object;
  "not-going-to-begin": object;
  "has-begun": { name: string };
  held: { name: string };
  "asker-cannot-approve": object;
  "asker-is-no-operator": { asker: Person };
  "asker-unknown": { asker: Person };
  "decided-already": { how: Decision };
  rejected: object;
  taken: object;
  "taken-already": object;
}

/** How grave each answer is; a warning if it is not listed. */
export const SEVERITIES: Partial<Record<keyof Answers, Severity>> = {
  "being-worked-on": "info",
  "left-as-it-is": "info",
  begins: "good",
  "approval-asked": "good",
  "nothing-to-go-on-with": "info",
  "plan-used-already": "info",
  "had-not-begun": "good",
  "has-ended": "good",
  stops: "good",
  "put-aside": "good",
  "ended-meanwhile": "info",
  held: "good",
  rejected: "info",
  taken: "good",
  "taken-already": "info",
};

/** What is wrong with a command as it was typed. */
export type Problem = Coded<Problems>;

/** The same, by code. */
export interface Problems {
  "name-too-long": { length: number };
  "no-such-command": { typed: string };
  "which-deployment": { command: string; takesSeconds: boolean };
  "seconds-out-of-range": { command: string; least: number; most: number; typed: string };
  "takes-one-name": { command: string; typed: string };
}
