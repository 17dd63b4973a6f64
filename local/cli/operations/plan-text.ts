import * as words from "../../../src/messages/language.ts";
import type { PlanPart, PlanParts } from "../../../src/messages/plan-shape.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import type { StandingNow } from "../../../src/operations/read/standing-of.ts";
import type { SwitchoverPlan } from "../../../src/operations/switchover/plan.ts";
import type { Check, CheckResult, Found } from "../../../src/plans/checks.ts";
import type { RecreatePlan } from "../../../src/plans/plan.ts";
import type { Standing } from "../../../src/standing/standing.ts";
import { readable } from "../aws-advice.ts";
import type { Guard } from "./guard.ts";

const MARK: Record<CheckResult, string> = { pass: "  ok       ", warn: "  warn     ", fail: "  FAIL     ", unknown: "  unknown  " };

/** A recreation's plan as people read it before they accept it. */
export function planText(
  plan: RecreatePlan,
  { standing, incomplete }: Pick<StandingNow, "standing" | "incomplete">,
  where: string,
  guard: Pick<Guard, "words" | "isHere" | "principal">,
): string {
  return textOf(words.recreateParts(plan, standing, incomplete, inTerminal), where, guard, [
    `${words.PLAN.checks}:`,
    ...plan.checks.map((check) => byWhom(check, guard)),
  ]);
}

/** A switchover's plan with its checklist, as people read it before they accept it. */
export function switchoverText(plan: SwitchoverPlan, standing: Standing, where: string, guard: Pick<Guard, "words">): string {
  return textOf(words.switchoverParts(plan, standing, inTerminal), where, guard, [words.PLAN.isReady, ...plan.checks.map(checkText)]);
}

/** The same words as in Slack. */
function textOf({ title, opening, parts }: PlanParts, where: string, guard: Pick<Guard, "words">, checks: string[]): string {
  return [where, guard.words, "", title, ...opening.map(readable), "", ...parts.flatMap(part), ...checks].join("\n");
}

/** One check, with what to do if it did not pass. */
export function checkText(check: Check): string {
  return lineOf(check.result, words.findingText(check, inTerminal));
}

function lineOf(result: CheckResult, [reason, remedy]: readonly [string, string?]): string {
  return `${MARK[result]}${reason}${remedy && result !== "pass" ? ` ${remedy}` : ""}`;
}

const PERMISSIONS_ELSEWHERE: readonly [string, string] = [
  "What the deployed guard's role may do cannot be asked from here.",
  "The guard asks for itself before it deletes anything, and refuses where an action is denied.",
];

/** The permissions check is about the guard's role. Here that is the identity that signed in; only a deployed guard knows its own. */
function byWhom(check: Check, { isHere, principal }: Pick<Guard, "isHere" | "principal">): string {
  if (check.id !== "permissions") return checkText(check);
  if (!isHere) return lineOf(check.result, PERMISSIONS_ELSEWHERE);
  const role = principal ?? "whoever signed in";
  const { found } = check;
  const by = found.code === "not-answered" ? { ...found, about: { ...found.about, role } } : { ...found, role };
  return checkText({ ...check, found: by as Found });
}

function part({ title, lines, inOrder }: PlanPart): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line, index) => `  ${inOrder ? `${index + 1}. ` : ""}${line}`), ""];
}

/** The guard's own words that still carry Slack's marks. */
export const plain = (text: string): string => text.replaceAll(/[`*]/g, "");
