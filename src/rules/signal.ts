import type { RdsEvent } from "../events/rds-event.ts";
import { rules } from "./index.ts";
import type { Rule, Signal } from "./rule.ts";

/** What an RDS event means, by the rule that names its id or the first whose text matches; undefined if no rule matches. */
export function signalOf(event: RdsEvent): Signal | undefined {
  const candidates = rules.filter((rule) => rule.sources.some((source) => source === event.sourceType));
  const rule = candidates.find((it) => namesId(it, event)) ?? candidates.find((it) => it.text.test(event.message.trim()));
  return rule && { rule, event, reading: rule.read(event) };
}

function namesId(rule: Rule, event: RdsEvent): boolean {
  return rule.eventIds.some((id) => id === event.eventId);
}
