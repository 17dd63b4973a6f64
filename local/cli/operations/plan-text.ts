import type { Degradation } from "../../../src/deployments/degradation.ts";
import { utc } from "../../../src/deployments/time-words.ts";
import type { SwitchoverPlan } from "../../../src/operations/switchover/plan.ts";
import { type Check, type CheckResult, worstOf } from "../../../src/plans/checks.ts";
import type { RecreatePlan } from "../../../src/plans/plan.ts";
import { readable } from "../aws-advice.ts";
import type { Guard } from "./guard.ts";

const MARK: Record<CheckResult, string> = { pass: "  ok       ", warn: "  warn     ", fail: "  FAIL     ", unknown: "  unknown  " };

/** A plan as people read it before they accept it. */
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

/** A switchover's plan with its checklist, as people read it before they accept it. */
export function switchoverText({ deployment, steps, checks }: SwitchoverPlan, where: string, { words }: Pick<Guard, "words">): string {
  // After a switchover the steps would name the wrong databases.
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

/** One check, with its remedy if it did not pass. */
export function checkText({ result, reason, remedy }: Check): string {
  const found = plain(readable(reason).replaceAll(/\s+/g, " "));
  const isOpen = /[.!?]$/.test(found) || result === "pass";
  return `${MARK[result]}${found}${isOpen ? "" : "."}${remedy && result !== "pass" ? ` ${plain(remedy)}` : ""}`;
}

const PERMISSIONS_ELSEWHERE = {
  reason: "What the deployed guard's role may do cannot be asked from here.",
  remedy: "The guard asks for itself before it deletes anything, and refuses where an action is denied.",
};

/** The permissions check is about the guard's role. Here that is the identity that signed in; only a deployed guard knows its own. */
function byWhom(check: Check, { isHere, principal }: Pick<Guard, "isHere" | "principal">): Check {
  if (check.id !== "permissions") return check;
  if (!isHere) return { ...check, ...PERMISSIONS_ELSEWHERE };
  const named = (text: string): string => text.replaceAll(/the guard's role/gi, principal ?? "whoever signed in");
  return { ...check, reason: named(check.reason), remedy: check.remedy && named(check.remedy) };
}

/** What is known about replication, in a sentence. */
export function degradedText(degradation: Degradation): string {
  if (degradation.state === "degraded") {
    // The status says so, but not since when.
    if (degradation.text.startsWith("The status is")) return degradation.text;
    return `Replication is degraded. RDS at ${utc(degradation.lastAt)}: "${degradation.text}"`;
  }
  if (degradation.state === "unknown") return degradation.reason;
  return "No event says that replication is degraded.";
}

/** Messages mark names for Slack; a terminal shows no marks. */
export const plain = (text: string): string => text.replaceAll(/[`*]/g, "");

const part = (title: string, lines: string[]): string[] => (lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ""]);
