/** The heading of a thread entry, and what it says beside the signal's meaning: names, reasons, what to do. */
export interface Advice {
  title: string;
  /** Says what it means in place of the signal's own meaning, where that would mislead. */
  meaning?: string;
  lines: string[];
  /** What is long enough to stand apart, each in a block of its own. */
  lists?: string[][];
}
