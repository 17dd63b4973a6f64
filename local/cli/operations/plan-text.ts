import type { Check, CheckResult } from "../../../src/deployments/checks.ts";
import type { Degradation } from "../../../src/deployments/degradation.ts";
import type { RecreatePlan } from "../../../src/deployments/plan.ts";

const MARK: Record<CheckResult, string> = { pass: "  ok     ", warn: "  warn   ", fail: "  FAIL   ", unknown: "  unknown" };

/** A plan as a person reads it before he accepts it. */
export function planText(plan: RecreatePlan, degradation: Degradation, where: string, who: string): string {
  const { deployment, deletes, creates, notCarried, notes, checks, steps } = plan;
  return [
    where,
    who,
    "",
    `Recreate blue/green deployment ${deployment.name} (${deployment.id}) as ${plan.newName}.`,
    degradedText(degradation),
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
    ...checks.map(checkText),
  ].join("\n");
}

/** One check, with what to do where there is something to do. */
export function checkText({ result, reason, remedy }: Check): string {
  return `${MARK[result]} ${plain(reason)}${remedy && result !== "pass" ? ` ${plain(remedy)}` : ""}`;
}

/** What is known of replication, in a sentence. */
export function degradedText(degradation: Degradation): string {
  if (degradation.state === "degraded") return `Replication is degraded: RDS said so at ${degradation.lastAt} (${degradation.text})`;
  if (degradation.state === "unknown") return degradation.reason;
  return "No event says that replication is degraded.";
}

/** Messages mark names for Slack; a terminal does not. */
const plain = (text: string): string => text.replaceAll("`", "");

const part = (title: string, lines: string[]): string[] => (lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ""]);
