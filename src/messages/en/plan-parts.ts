import type { SwitchoverPlan } from "../../operations/switchover/plan.ts";
import type { RecreatePlan } from "../../plans/plan.ts";
import type { EventsMissing } from "../../plans/readiness-findings.ts";
import type { Standing } from "../../standing/standing.ts";
import type { Form } from "../form.ts";
import type { PlanParts } from "../plan-shape.ts";
import { oneLine } from "../text.ts";
import { eventsMissing } from "./findings/readiness.ts";
import { placeOf } from "./on-call.ts";
import { createdWith, doomedText, notCarriedText, noteText, stepText } from "./plan.ts";
import { replicationLine } from "./standing/replication.ts";
import { titleOf } from "./standing/title.ts";

/** The words of a recreation's plan; `incomplete` says why events may be missing. */
export function recreateParts(plan: RecreatePlan, standing: Standing, incomplete: EventsMissing | undefined, as: Form): PlanParts {
  const { deployment, newName, steps, deletes, creates, notCarried, notes } = plan;
  return {
    title: `Recreate ${oneLine(deployment.name, 90)}?`,
    opening: [
      ...opening(standing, as),
      ...(incomplete === undefined ? [] : [eventsMissing(incomplete, as)]),
      ...(standing.healthy && incomplete === undefined
        ? [`${as.strong("Nothing is wrong with it, as far as RDS says")}: its green is lost, and building another takes as long again.`]
        : []),
      `It is deleted with everything green and created again as ${as.code(newName)}.`,
    ],
    parts: [
      { title: "What is done", lines: steps.map((step) => stepText(step, as)), inOrder: true },
      { title: "What is deleted", lines: deletes.map((it) => doomedText(it, as)) },
      { title: "What is asked of the new one", lines: createdWith(creates, as) },
      { title: "What is not carried over", lines: notCarried.map((it) => notCarriedText(it, as)) },
      { title: "Good to know", lines: notes.map((it) => noteText(it, as)) },
    ],
  };
}

/** The words of a switchover's plan; after a switchover its steps would name the wrong databases. */
export function switchoverParts({ deployment, steps, checks }: SwitchoverPlan, standing: Standing, as: Form): PlanParts {
  const isReady = !checks.some(({ result }) => result === "fail");
  return {
    title: `Switch ${oneLine(deployment.name, 90)} over?`,
    opening: opening(standing, as),
    parts: [{ title: "What is done", lines: isReady ? steps.map((step) => stepText(step, as)) : [], inOrder: true }],
  };
}

function opening(standing: Standing, as: Form): string[] {
  const { name, id } = standing;
  return [
    `${as.strong(as.text(name, 90))} (${as.code(id, 60)}) now: ${as.strong(titleOf(standing))}.`,
    placeOf(standing, as),
    `Replication: ${replicationLine(standing, as)}`,
  ];
}
