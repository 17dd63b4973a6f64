/** The computer whose terminal watches where no deployed guard does. */
export interface WatchedFrom {
  machine: string;
  /** What it may not see, in words. */
  cannotSee: readonly string[];
}
