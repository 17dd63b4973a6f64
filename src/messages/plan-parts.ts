import type { SwitchoverPlan } from "../operations/switchover/plan.ts";
import type { RecreatePlan } from "../plans/plan.ts";
import type { EventsMissing } from "../standing/events-missing.ts";
import type { Standing } from "../standing/standing.ts";
import { titleOf } from "./card.ts";
import { eventsMissing } from "./en/events-missing.ts";
import { SWITCHOVER_STEPS } from "./en/operations/switchover-plan.ts";
import { say } from "./form.ts";
import { code, oneLine, plain } from "./mrkdwn.ts";
import { replicationLine } from "./replication-line.ts";
import { slackForm } from "./slack/form.ts";

const AS = slackForm(true);

/** A plan in words, the same for Slack and the terminal: how the thing stands now comes before anything that would be done. */
export interface PlanParts {
  title: string;
  opening: string[];
  parts: { title: string; lines: string[] }[];
}

/** The words of a recreation's plan; `incomplete` says why events may be missing. */
export function recreateParts(plan: RecreatePlan, standing: Standing, incomplete?: EventsMissing): PlanParts {
  const { deployment, newName, steps, deletes, creates, notCarried, notes } = plan;
  return {
    title: `Recreate ${oneLine(deployment.name, 90)}?`,
    opening: [
      ...opening(standing),
      ...(incomplete === undefined ? [] : [eventsMissing(incomplete, AS)]),
      ...(standing.healthy && incomplete === undefined
        ? ["*Nothing is wrong with it, as far as RDS says*: its green is lost, and building another takes as long again."]
        : []),
      `It is deleted with everything green and created again as ${code(newName)}.`,
    ],
    parts: [
      { title: "What is done", lines: numbered(steps) },
      { title: "What is deleted", lines: deletes.map(item) },
      { title: "What is asked of the new one", lines: creates.map(item) },
      { title: "What is not carried over", lines: notCarried.map(item) },
      { title: "Good to know", lines: notes.map(item) },
    ],
  };
}

/** The words of a switchover's plan; after a switchover its steps would name the wrong databases. */
export function switchoverParts({ deployment, steps, checks }: SwitchoverPlan, standing: Standing): PlanParts {
  const isReady = !checks.some(({ result }) => result === "fail");
  return {
    title: `Switch ${oneLine(deployment.name, 90)} over?`,
    opening: opening(standing),
    parts: [
      { title: "What is done", lines: isReady ? steps.map((step, index) => `${index + 1}. ${say(SWITCHOVER_STEPS, step, AS)}`) : [] },
    ],
  };
}

/** True if a healthy deployment may not be recreated by what was typed: its full name is needed. */
export const needsFullName = ({ healthy, name }: Standing, typed: string): boolean => healthy && typed !== name;

function opening(standing: Standing): string[] {
  const { name, id } = standing;
  return [`*${plain(name, 90)}* (${code(id, 60)}) now: *${titleOf(standing)}*.`, `Replication: ${replicationLine(standing)}`];
}

const numbered = (steps: readonly string[]): string[] => steps.map((step, index) => `${index + 1}. ${words(step)}`);

const item = (text: string): string => `• ${words(text)}`;

/** The guard's own words keep their code spans; everything else in them is escaped. */
const words = (text: string): string => plain(text, 300);
