import type { Standing } from "../standing/standing.ts";

/** A plan in words, the same for Slack and the terminal: how the thing stands now comes before anything that would be done. */
export interface PlanParts {
  title: string;
  opening: string[];
  parts: PlanPart[];
}

/** One list of a plan; its lines are numbered if they are done one after the other. */
export interface PlanPart {
  title: string;
  lines: string[];
  inOrder?: true;
}

/**
 * True if a healthy deployment may not be recreated by what was typed: its full name is needed. A command from a chat's history, or an old
 * card's button, must not reach what was built since.
 */
export const needsFullName = ({ healthy, name }: Standing, typed: string): boolean => healthy && typed !== name;
