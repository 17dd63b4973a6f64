import type { Degradation } from "../../../src/deployments/degradation.ts";
import { utc } from "../../../src/deployments/time-words.ts";
import type { SwitchoverPlan } from "../../../src/operations/switchover/plan.ts";
import { type Check, type CheckResult, worstOf } from "../../../src/plans/checks.ts";
import type { RecreatePlan } from "../../../src/plans/plan.ts";
import { readable } from "../aws-advice.ts";
import type { Guard } from "./guard.ts";

const MARK: Record<CheckResult, string> = { pass: "  ok       ", warn: "  warn     ", fail: "  FAIL     ", unknown: "  unknown  " };

/** A plan as a person reads it before he accepts it. */
export function planText(
  plan: RecreatePlan,
  degradation: Degradation,
  where: string,
  guard: Pick<Guard, "words" | "isHere" | "principal">,
): string {
  const { deployment, deletes, creates, notCarried, notes, checks, steps } = plan;
  return [
    where,
    guard.words,
    "",
    `Recreate blue/green deployment ${deployment.name} (${deployment.id}) as ${plan.newName}.`,
    degradedText(degradation) + (degradation.state === "not-seen" ? " As far as RDS says, nothing is wrong with it." : ""),
    "",
    ...part(
      "What is done:",
      steps.map((step, index) => `${index + 1}. ${plain(step)}`),
    ),
    ...part("What is deleted:", deletes.map(plain)),
    ...part("What is asked of the new one:", creates.map(plain)),
    ...part("What is not carried over:", notCarried.map(plain)),
    ...part("Good to know:", notes.map(plain)),
    "Checks:",
    ...checks.map((check) => checkText(byWhom(check, guard))),
  ].join("\n");
}

/** A switchover's plan with its checklist, as a person reads it before he accepts it. */
export function switchoverText({ deployment, steps, checks }: SwitchoverPlan, where: string, { words }: Pick<Guard, "words">): string {
  // Of what has been switched over the steps would speak of the wrong names.
  const isReady = worstOf(checks) !== "fail";
  return [
    where,
    words,
    "",
    `Switch blue/green deployment ${deployment.name} (${deployment.id}) over.`,
    "",
    ...part("What is done:", isReady ? steps.map((step, index) => `${index + 1}. ${plain(step)}`) : []),
    "Is it ready?",
    ...checks.map(checkText),
  ].join("\n");
}

/** One check, with what to do where there is something to do. */
export function checkText({ result, reason, remedy }: Check): string {
  const found = plain(readable(reason).replaceAll(/\s+/g, " "));
  const isOpen = /[.!?]$/.test(found) || result === "pass";
  return `${MARK[result]}${found}${isOpen ? "" : "."}${remedy && result !== "pass" ? ` ${plain(remedy)}` : ""}`;
}

const PERMISSIONS_ELSEWHERE = {
  reason: "What the deployed guard's role may do cannot be asked from here.",
  remedy: "The guard asks for itself before it deletes anything, and refuses where an action is denied.",
};

/** The check of permissions speaks of the guard's role: here that is whoever signed in, and a deployed guard's is known to that alone. */
function byWhom(check: Check, { isHere, principal }: Pick<Guard, "isHere" | "principal">): Check {
  if (check.id !== "permissions") return check;
  if (!isHere) return { ...check, ...PERMISSIONS_ELSEWHERE };
  const named = (text: string): string => text.replaceAll(/the guard's role/gi, principal ?? "whoever signed in");
  return { ...check, reason: named(check.reason), remedy: check.remedy && named(check.remedy) };
}

/** What is known of replication, in a sentence. */
export function degradedText(degradation: Degradation): string {
  if (degradation.state === "degraded") {
    // The status says so without a time of its own.
    if (degradation.text.startsWith("The status is")) return degradation.text;
    return `Replication is degraded. RDS at ${utc(degradation.lastAt)}: "${degradation.text}"`;
  }
  if (degradation.state === "unknown") return degradation.reason;
  return "No event says that replication is degraded.";
}

/** Messages mark names for Slack; a terminal does not. */
export const plain = (text: string): string => text.replaceAll(/[`*]/g, "");

const part = (title: string, lines: string[]): string[] => (lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ""]);
