import type { FindingText } from "../../../src/messages/en/findings/finding-words.ts";
import { findingText } from "../../../src/messages/en/findings/findings.ts";
import { telling } from "../../../src/messages/en/operations/said.ts";
import { type PlanParts, recreateParts, switchoverParts } from "../../../src/messages/plan-parts.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import type { StandingNow } from "../../../src/operations/read/standing-of.ts";
import type { SwitchoverPlan } from "../../../src/operations/switchover/plan.ts";
import type { Check, CheckResult, Found } from "../../../src/plans/checks.ts";
import type { RecreatePlan } from "../../../src/plans/plan.ts";
import type { Standing } from "../../../src/standing/standing.ts";
import { readable } from "../aws-advice.ts";
import type { Guard } from "./guard.ts";

const AS = telling(inTerminal);

const MARK: Record<CheckResult, string> = { pass: "  ok       ", warn: "  warn     ", fail: "  FAIL     ", unknown: "  unknown  " };

/** A recreation's plan as people read it before they accept it. */
export function planText(
  plan: RecreatePlan,
  { standing, incomplete }: Pick<StandingNow, "standing" | "incomplete">,
  where: string,
  guard: Pick<Guard, "words" | "isHere" | "principal">,
): string {
  return textOf(recreateParts(plan, standing, incomplete, inTerminal), where, guard, [
    "Checks:",
    ...plan.checks.map((check) => byWhom(check, guard)),
  ]);
}

/** A switchover's plan with its checklist, as people read it before they accept it. */
export function switchoverText(plan: SwitchoverPlan, standing: Standing, where: string, guard: Pick<Guard, "words">): string {
  return textOf(switchoverParts(plan, standing, inTerminal), where, guard, ["Is it ready?", ...plan.checks.map(checkText)]);
}

/** The same words as in Slack. */
function textOf({ title, opening, parts }: PlanParts, where: string, { words }: Pick<Guard, "words">, checks: string[]): string {
  return [
    where,
    words,
    "",
    title,
    ...opening.map((line) => plain(readable(line))),
    "",
    ...parts.flatMap(({ title: heading, lines }) =>
      part(
        `${heading}:`,
        lines.map((line) => plain(line).replace(/^• /, "")),
      ),
    ),
    ...checks,
  ].join("\n");
}

/** One check, with what to do if it did not pass. */
export function checkText(check: Check): string {
  return lineOf(check.result, findingText(check, AS));
}

function lineOf(result: CheckResult, [reason, remedy]: FindingText): string {
  return `${MARK[result]}${reason}${remedy && result !== "pass" ? ` ${remedy}` : ""}`;
}

const PERMISSIONS_ELSEWHERE: FindingText = [
  "What the deployed guard's role may do cannot be asked from here.",
  "The guard asks for itself before it deletes anything, and refuses where an action is denied.",
];

/** The permissions check is about the guard's role. Here that is the identity that signed in; only a deployed guard knows its own. */
function byWhom(check: Check, { isHere, principal }: Pick<Guard, "isHere" | "principal">): string {
  if (check.id !== "permissions") return checkText(check);
  if (!isHere) return lineOf(check.result, PERMISSIONS_ELSEWHERE);
  return checkText({ ...check, found: { ...check.found, role: principal ?? "whoever signed in" } as Found });
}

/** Messages mark names for Slack; a terminal shows no marks. */
export const plain = (text: string): string => text.replaceAll(/[`*]/g, "");

const part = (title: string, lines: string[]): string[] => (lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ""]);
