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
