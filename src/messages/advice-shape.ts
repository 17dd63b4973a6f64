import type { Standing } from "../standing/standing.ts";
import type { ThreadEntry } from "../standing/thread-entry.ts";

/** The heading of a thread entry, and what it says besides the signal's meaning: names, reasons, what to do. */
export interface Advice {
  title: string;
  /** Replaces the signal's own meaning if that would mislead. */
  meaning?: string;
  lines: string[];
  /** How the deployment stands by this alone, where its standing may say something else: RDS shows late what it has said. */
  standsAs?: Partial<Pick<Standing, "phase" | "urgency" | "severity">>;
  /** Replaces what the deployment's standing means for production. */
  impact?: string;
  /** Longer lists, each in its own block. */
  lists?: string[][];
}

/** What a switchover's report is made from. */
export type Switched = Pick<ThreadEntry, "reading" | "pauseMs" | "sequences" | "deployment">;
