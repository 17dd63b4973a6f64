import type { ActionsBlock, Button } from "@slack/types";
import { OPERATION_NAMES, type OperationName } from "../operations/index.ts";
import { cut } from "./message.ts";

/** What the guard's buttons are called on the wire. */
export const ACTIONS = [...OPERATION_NAMES, "confirm", "dismiss", "approve", "reject", "hold"] as const;
export type ActionId = (typeof ACTIONS)[number];

/** A button: what it does, its words, and what comes back when it is pressed, 2,000 characters at most. */
export interface ButtonWords {
  action: ActionId;
  words: string;
  value: string;
  style?: "primary" | "danger";
}

const OFFER: Record<OperationName, Omit<ButtonWords, "action" | "value">> = {
  recreate: { words: "Recreate…", style: "danger" },
  switchover: { words: "Switch over…", style: "primary" },
};

/** The button that has the plan of an operation on the deployment shown. */
export const offer = (operation: OperationName, deploymentId: string): ButtonWords => ({
  action: operation,
  value: deploymentId,
  ...OFFER[operation],
});

// Source: Slack, Block Kit, "Button element": 75 characters of text.
const LONGEST_WORDS = 75;

/** A row of buttons; each action may be there once. */
export function buttons(...all: ButtonWords[]): ActionsBlock {
  return { type: "actions", elements: all.map(button) };
}

function button({ action, words, value, style }: ButtonWords): Button {
  const text = { type: "plain_text" as const, text: cut(words, LONGEST_WORDS), emoji: false };
  return { type: "button", action_id: action, text, value, ...(style && { style }) };
}
