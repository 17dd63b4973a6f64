import { type Fact, firstAt, latest } from "./facts.ts";
import { isEvent } from "./report-of.ts";

/** How long RDS took to build green, in milliseconds, by its own event; undefined if it has not said that it is built. */
export function buildMsOf(facts: readonly Fact[], createTime: string | undefined): number | undefined {
  const completed = latest(facts, "tasks-completed");
  if (!completed?.reports.some(isEvent) || createTime === undefined) return undefined;
  const ms = Date.parse(firstAt(completed)) - Date.parse(createTime);
  return ms > 0 ? ms : undefined;
}
