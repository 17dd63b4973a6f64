import type { Kind } from "./kinds.ts";

/** The table's entry for a setting. */
export interface Setting {
  /** The environment variable that functions read it from; absent if no function needs it. */
  variable?: string;
  kind: Kind;
  /** The value if none is given. */
  default?: unknown;
  /** How a function treats an unset variable; by default it takes the default value, or does not start if there is none. */
  unset?: "refused" | "nothing" | "false";
  /** What it is, as in the README's table, which adds range and form. */
  help?: string;
  /** What leaving it out means, if the default alone does not say so. */
  leftOut?: string;
  /** What the settings of a stack state in any case, with this setting or another of the same subject: leaving it out is no answer. */
  stated?: Subject;
  /** Stands in the settings of a stack for what leaving out the construct's prop means. */
  word?: "none" | "create";
}

/** What the settings of a stack have to state. */
export type Subject = "channel" | "secret" | "operators" | "alarms";
