/** The most that each kind of work may cost; of `storm` the least that it must reach. `npm run bench` fails beyond them. */
export const BUDGETS = {
  /** One DDL event through the warm watch function, while the channel is free. */
  event: { calls: 14, depth: 7, alertSeconds: 1, cpuMs: 45 },
  /** Times as long as the start of a bare Node. */
  start: { loaded: 3.6, told: 7, acknowledged: 2.2 },
  /** Times as long as terraform-aws-notify-slack's function takes from its start to its message. */
  peer: 0.8,
  /** Events taken a second: while calls take as long as in AWS, and while they take no longer than here. */
  storm: { asInAws: 150, asHere: 300 },
  /** Calls of an idle sweep, by the number of deployments. */
  sweep: { 1: 11, 100: 15, 1000: 80 } as Record<number, number>,
  /** Calls of a recreation whose creation takes as long as the recorded one, and the guard's time as a share of AWS's. */
  recreate: { calls: 150, share: 0.003 },
};

/** A figure and its budget. */
export interface Verdict {
  /** What was measured, with its unit. */
  what: string;
  measured: number;
  budget: number;
  withinBudget: boolean;
}

/** The verdict on a figure that must not be above its budget. */
export const atMost = (what: string, measured: number, budget: number): Verdict => ({
  what,
  measured,
  budget,
  withinBudget: measured <= budget,
});

/** The verdict on a figure that must not be below its budget. */
export const atLeast = (what: string, measured: number, budget: number): Verdict => ({
  what,
  measured,
  budget,
  withinBudget: measured >= budget,
});
