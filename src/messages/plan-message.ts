import type { KnownBlock } from "@slack/types";
import type { SwitchoverPlan } from "../operations/switchover/plan.ts";
import type { Check } from "../plans/checks.ts";
import type { RecreatePlan } from "../plans/plan.ts";
import type { EventsMissing } from "../plans/readiness-findings.ts";
import type { Standing } from "../standing/standing.ts";
import { buttons } from "./buttons.ts";
import { findingLine } from "./en/findings/findings.ts";
import { telling } from "./en/operations/said.ts";
import type { Form } from "./form.ts";
import { context, header, type Message, message, section } from "./message.ts";
import { plain, shorten } from "./mrkdwn.ts";
import { type PlanParts, recreateParts, switchoverParts } from "./plan-parts.ts";
import { slackForm } from "./slack/form.ts";

/** What is shown around a plan. */
export interface PlanFrame {
  /** The value that Slack sends back when Confirm is pressed; absent if the plan cannot be confirmed. */
  confirm?: string;
  /** Why the plan cannot be carried out, or that things have changed since an older plan; in words for Slack. */
  notes: readonly string[];
  /** How many other operators have to approve it. */
  approvals: 0 | 1;
  /** How long it takes, as far as known, in words. */
  howLong: string;
}

const MOST_LINES = 12;
// Plans are shown where commands are taken.
const IN_SLACK = slackForm(true);

/** The plan of a recreation; only the person who asked can confirm it. `incomplete` says why events may be missing. */
export function recreatePlanMessage(
  plan: RecreatePlan,
  standing: Standing,
  incomplete: EventsMissing | undefined,
  frame: PlanFrame,
): Message {
  const parts = recreateParts(plan, standing, incomplete, IN_SLACK);
  return planMessage(parts, frame, "Delete and recreate", part("Checks", checkLines(plan.checks)));
}

/** The plan of a switchover with its checklist; only the person who asked can confirm it. */
export function switchoverPlanMessage(plan: SwitchoverPlan, standing: Standing, frame: PlanFrame): Message {
  const parts = switchoverParts(plan, standing, IN_SLACK);
  return planMessage(parts, frame, "Switch over", part("Is it ready?", checkLines(plan.checks)));
}

function planMessage({ title, opening, parts }: PlanParts, frame: PlanFrame, verb: string, checks: KnownBlock[]): Message {
  const { confirm, notes, approvals, howLong } = frame;
  const approval = approvals === 1 ? " Another operator has to approve it in the channel before it begins." : "";
  return message(confirm === undefined ? "warning" : "info", plain(title), header(title), [
    section(shorten(opening.join("\n"), 2_900)),
    ...notes.map(section),
    ...parts.flatMap(({ title: heading, lines }) => part(heading, lines)),
    ...checks,
    section(`*How long*\n${howLong}`),
    ...(confirm === undefined
      ? []
      : [
          buttons(
            { action: "confirm", words: verb, value: confirm, style: "danger" },
            { action: "dismiss", words: "Cancel", value: confirm },
          ),
          context(`Only you see this plan. It can be confirmed for 30 minutes, once, and only while things are as it says.${approval}`),
        ]),
  ]);
}

function part(title: string, lines: string[]): KnownBlock[] {
  if (lines.length === 0) return [];
  const more = lines.length - MOST_LINES;
  const shown = more > 0 ? [...lines.slice(0, MOST_LINES), `… and ${more} more: \`npx bluegreen-guard\` shows all of them.`] : lines;
  return [section(shorten(`*${title}*\n${shown.join("\n")}`, 2_900))];
}

const WORD: Record<Check["result"], string> = { pass: "ok", warn: "Warning", fail: "FAIL", unknown: "Unknown" };

/** One line for what passed, then each other check with what to do. */
export function checkLines(checks: readonly Check[], form: Form = IN_SLACK): string[] {
  const as = telling(form);
  const passed = checks.filter(({ result }) => result === "pass").length;
  const open = checks.filter(({ result }) => result !== "pass");
  return [`${passed} of ${checks.length} pass.`, ...open.map((check) => `• ${as.strong(WORD[check.result])}: ${findingLine(check, as)}`)];
}
