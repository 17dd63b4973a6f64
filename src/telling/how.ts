/** Whether a turn waits 2.4 seconds at most for a channel's next slot: in no round, from the second one on, in each. */
export type Waits = "never" | "later" | "always";

/** How a turn is taken. */
export interface How {
  /** A run that takes several turns at once leaves waiting to whoever drains. */
  waits: Waits;
  /** It ends early if what is left would stand behind this rank. */
  yieldsTo?: string;
  /** Called with each other channel that something of the deployment waits for. */
  finds?(channel: string): void;
}
