/** What a violation is of: a rule of "never", what is said, or what has to end. */
export const RULES = [
  "never 0",
  "never 1",
  "never 2",
  "never 3",
  "never 4",
  "never 5",
  "never 6",
  "never 7",
  "never 8",
  "never 9",
  "never 10",
  "contradictions",
  "outcomes that are not true",
  "requests or claims that never ended",
  "ends that nobody was told",
  "failures of the guard's own",
] as const;
export type RuleName = (typeof RULES)[number];

/** Something that must never be. */
export interface Violation {
  rule: RuleName;
  text: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What was counted in stories. */
export interface Counts {
  stories: number;
  deployments: number;
  simulatedMs: number;
  kills: number;
  outages: number;
  failedCalls: number;
  begun: number;
  ended: number;
  deletions: number;
  creations: number;
  switchovers: number;
}

export const NOTHING: Counts = {
  stories: 0,
  deployments: 0,
  simulatedMs: 0,
  kills: 0,
  outages: 0,
  failedCalls: 0,
  begun: 0,
  ended: 0,
  deletions: 0,
  creations: 0,
  switchovers: 0,
};
