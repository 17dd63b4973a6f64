import type { SwitchoverPlan } from "../operations/switchover/plan.ts";
import type { PlanStep, RecreatePlan } from "../plans/plan.ts";
import type { EventsMissing } from "../plans/readiness-findings.ts";
import type { Standing } from "../standing/standing.ts";
import { titleOf } from "./card.ts";
import { eventsMissing } from "./en/findings/readiness.ts";
import { createdWith, doomedText, notCarriedText, noteText, stepText } from "./en/plan.ts";
import type { Form } from "./form.ts";
import { code, oneLine, plain } from "./mrkdwn.ts";
import { replicationLine } from "./replication-line.ts";

/** A plan in words, the same for Slack and the terminal: how the thing stands now comes before anything that would be done. */
export interface PlanParts {
  title: string;
  opening: string[];
  parts: { title: string; lines: string[] }[];
}

/** The words of a recreation's plan; `incomplete` says why events may be missing. */
export function recreateParts(plan: RecreatePlan, standing: Standing, incomplete: EventsMissing | undefined, as: Form): PlanParts {
  const { deployment, newName, steps, deletes, creates, notCarried, notes } = plan;
  return {
    title: `Recreate ${oneLine(deployment.name, 90)}?`,
    opening: [
      ...opening(standing),
      ...(incomplete === undefined ? [] : [eventsMissing(incomplete, as)]),
      ...(standing.healthy && incomplete === undefined
        ? ["*Nothing is wrong with it, as far as RDS says*: its green is lost, and building another takes as long again."]
        : []),
      `It is deleted with everything green and created again as ${code(newName)}.`,
    ],
    parts: [
      { title: "What is done", lines: numbered(steps, as) },
      { title: "What is deleted", lines: deletes.map((it) => item(doomedText(it, as))) },
      { title: "What is asked of the new one", lines: createdWith(creates, as).map(item) },
      { title: "What is not carried over", lines: notCarried.map((it) => item(notCarriedText(it, as))) },
      { title: "Good to know", lines: notes.map((it) => item(noteText(it, as))) },
    ],
  };
}

/** The words of a switchover's plan; after a switchover its steps would name the wrong databases. */
export function switchoverParts({ deployment, steps, checks }: SwitchoverPlan, standing: Standing, as: Form): PlanParts {
  const isReady = !checks.some(({ result }) => result === "fail");
  return {
    title: `Switch ${oneLine(deployment.name, 90)} over?`,
    opening: opening(standing),
    parts: [{ title: "What is done", lines: isReady ? numbered(steps, as) : [] }],
  };
}

/** True if a healthy deployment may not be recreated by what was typed: its full name is needed. */
export const needsFullName = ({ healthy, name }: Standing, typed: string): boolean => healthy && typed !== name;

function opening(standing: Standing): string[] {
  const { name, id } = standing;
  return [`*${plain(name, 90)}* (${code(id, 60)}) now: *${titleOf(standing)}*.`, `Replication: ${replicationLine(standing)}`];
}

const numbered = (steps: readonly PlanStep[], as: Form): string[] => steps.map((step, index) => `${index + 1}. ${stepText(step, as)}`);

const item = (text: string): string => `• ${text}`;
