import type { KnownBlock } from "@slack/types";
import type { SwitchoverPlan } from "../../operations/switchover/plan.ts";
import type { Check } from "../../plans/checks.ts";
import type { RecreatePlan } from "../../plans/plan.ts";
import type { EventsMissing } from "../../plans/readiness-findings.ts";
import type { Standing } from "../../standing/standing.ts";
import type { Form } from "../form.ts";
import * as words from "../language.ts";
import type { PlanPart, PlanParts } from "../plan-shape.ts";
import { buttons } from "./buttons.ts";
import { IN_SLACK, inNotification } from "./form.ts";
import { context, header, type Message, message, part, section } from "./message.ts";

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
  /** How it is written; as Slack's mrkdwn if omitted. */
  form?: Form;
}

const MOST_LINES = 12;

/** The plan of a recreation; only the person who asked can confirm it. `incomplete` says why events may be missing. */
export function recreatePlanMessage(
  plan: RecreatePlan,
  standing: Standing,
  incomplete: EventsMissing | undefined,
  frame: PlanFrame,
): Message {
  const parts = words.recreateParts(plan, standing, incomplete, frame.form ?? IN_SLACK);
  return planMessage(parts, frame, words.PLAN.recreate, list(words.PLAN.checks, checkLines(plan.checks, IN_SLACK)));
}

/** The plan of a switchover with its checklist; only the person who asked can confirm it. */
export function switchoverPlanMessage(plan: SwitchoverPlan, standing: Standing, frame: PlanFrame): Message {
  const parts = words.switchoverParts(plan, standing, frame.form ?? IN_SLACK);
  return planMessage(parts, frame, words.PLAN.switchover, list(words.PLAN.isReady, checkLines(plan.checks, IN_SLACK)));
}

function planMessage({ title, opening, parts }: PlanParts, frame: PlanFrame, verb: string, checks: KnownBlock[]): Message {
  const { confirm, notes, approvals, howLong } = frame;
  return message(confirm === undefined ? "warning" : "info", inNotification.text(title), header(title), [
    section(opening.join("\n")),
    ...notes.map(section),
    ...parts.flatMap((it) => list(it.title, linesOf(it))),
    ...checks,
    part(words.PLAN.howLong, [howLong], IN_SLACK),
    ...(confirm === undefined
      ? []
      : [
          buttons(
            { action: "confirm", words: verb, value: confirm, style: "danger" },
            { action: "dismiss", words: words.BUTTONS.cancel, value: confirm },
          ),
          context(words.PLAN.onlyYou(approvals)),
        ]),
  ]);
}

const linesOf = ({ lines, inOrder }: PlanPart): string[] => lines.map((line, index) => `${inOrder ? `${index + 1}.` : "•"} ${line}`);

function list(title: string, lines: readonly string[]): KnownBlock[] {
  if (lines.length === 0) return [];
  const more = lines.length - MOST_LINES;
  const shown = more > 0 ? [...lines.slice(0, MOST_LINES), words.PLAN.more(more, IN_SLACK)] : lines;
  return [part(title, shown, IN_SLACK)];
}

/** One line for what passed, then each other check with what to do. */
export function checkLines(checks: readonly Check[], as: Form): string[] {
  const passed = checks.filter(({ result }) => result === "pass").length;
  const open = checks.filter(({ result }) => result !== "pass");
  const lineOf = (check: Check) => `• ${as.strong(words.CHECK_RESULTS[check.result])}: ${words.findingLine(check, as)}`;
  return [words.PLAN.passed(passed, checks.length), ...open.map(lineOf)];
}
