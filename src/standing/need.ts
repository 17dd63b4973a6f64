import type { Need } from "../facts/incident.ts";
import type { Standing } from "./standing.ts";

/** How soon a person has to come; undefined if nothing is wrong, or nobody can help now. */
export function needOf({ urgency, severity }: Pick<Standing, "urgency" | "severity">): Need | undefined {
  if (urgency === "none" || (severity !== "critical" && severity !== "warning")) return undefined;
  return urgency === "later" ? "later" : "now";
}
