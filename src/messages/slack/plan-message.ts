import type { KnownBlock } from "@slack/types";
import type { OperationName } from "../../operations/index.ts";
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
}

const MOST_LINES = 12;

/** A plan as anybody sees it: whoever asks for it, and whoever approves it. */
export interface ShownPlan {
  title: string;
  /** How it stands. */
  opening: KnownBlock[];
  /** What is done, and what was checked. */
  body: KnownBlock[];
}

/** The plan of a recreation. `incomplete` says why events may be missing, and `howLong` how long it takes, in words. */
export function recreationShown(
  plan: RecreatePlan,
  standing: Standing,
  incomplete: EventsMissing | undefined,
  howLong: string,
  as: Form = IN_SLACK,
): ShownPlan {
  return shown(words.recreateParts(plan, standing, incomplete, as), list(words.PLAN.checks, checkLines(plan.checks, IN_SLACK)), howLong);
}

/** The plan of a switchover with its checklist. */
export function switchoverShown(plan: SwitchoverPlan, standing: Standing, howLong: string, as: Form = IN_SLACK): ShownPlan {
  return shown(words.switchoverParts(plan, standing, as), list(words.PLAN.isReady, checkLines(plan.checks, IN_SLACK)), howLong);
}

function shown({ title, opening, parts }: PlanParts, checks: KnownBlock[], howLong: string): ShownPlan {
  return {
    title,
    opening: [section(opening.join("\n"))],
    body: [...parts.flatMap((it) => list(it.title, linesOf(it))), ...checks, part(words.PLAN.howLong, [howLong], IN_SLACK)],
  };
}

/** The plan of an operation, which only the person who asked can confirm. */
export function planMessage({ title, opening, body }: ShownPlan, operation: OperationName, frame: PlanFrame): Message {
  const { confirm, notes, approvals } = frame;
  return message(confirm === undefined ? "warning" : "info", inNotification.text(title), header(title), [
    ...opening,
    ...notes.map(section),
    ...body,
    ...(confirm === undefined
      ? []
      : [
          buttons(
            { action: "confirm", words: words.PLAN[operation], value: confirm, style: "danger" },
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
