import type { Severity } from "../../rules/rule.ts";

/** The word beside the colour, for people who do not see the colour. */
export const SEVERITY_WORD: Readonly<Record<Severity, string>> = { info: "Info", good: "Good", warning: "Warning", critical: "Critical" };
