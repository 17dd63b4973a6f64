import type { ActionsBlock, Button } from "@slack/types";
import { OPERATION_NAMES, type OperationName } from "../../operations/index.ts";
import * as words from "../language.ts";
import { cut } from "./message.ts";

/** The `action_id`s of the guard's buttons. */
export const ACTIONS = [...OPERATION_NAMES, "confirm", "dismiss", "approve", "reject", "hold"] as const;
export type ActionId = (typeof ACTIONS)[number];

/** A button: what it does, its words, and the value that Slack sends back when it is pressed, at most 2,000 characters. */
export interface ButtonWords {
  action: ActionId;
  words: string;
  value: string;
  style?: "primary" | "danger";
}

const STYLES: Record<OperationName, ButtonWords["style"]> = { recreate: "danger", switchover: "primary" };

/** The button that shows the plan of an operation on the deployment. */
export const offer = (operation: OperationName, deploymentId: string): ButtonWords => ({
  action: operation,
  words: words.BUTTONS[operation],
  value: deploymentId,
  style: STYLES[operation],
});

// Source: Slack, Block Kit, "Button element": 75 characters of text.
const LONGEST_WORDS = 75;

/** A row of buttons, each action at most once. */
export function buttons(...all: ButtonWords[]): ActionsBlock {
  return { type: "actions", elements: all.map(button) };
}

function button({ action, words: says, value, style }: ButtonWords): Button {
  const text = { type: "plain_text" as const, text: cut(says, LONGEST_WORDS), emoji: false };
  return { type: "button", action_id: action, text, value, ...(style && { style }) };
}
