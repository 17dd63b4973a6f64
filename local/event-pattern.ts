import type { Requirement } from "./event-pattern/compile.ts";
import { compilePattern } from "./event-pattern/compile.ts";
import { consistent, flattenEvent, type Leaf, type Membership } from "./event-pattern/flatten.ts";

export { InvalidEventPatternError } from "./event-pattern/error.ts";

/**
 * An EventBridge event pattern, as `PutRule` takes it once parsed: field names to nested patterns or to lists of what may match,
 * and `$or` to a list of patterns.
 */
export interface EventPattern {
  readonly [field: string]: unknown;
}

/**
 * Says whether EventBridge would hand `event` to the targets of a rule with this pattern.
 *
 * Known difference: an IPv6 address written in another way matches only through `cidr`, not as an exact value.
 * Source: EventBridge user guide, "Event patterns" and "Comparison operators"; what these leave open (arrays of objects, repeated
 * `$or` fields) is taken from AWS's open source matcher, aws/event-ruler.
 *
 * @throws InvalidEventPatternError where EventBridge would refuse the pattern.
 */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  const { alternatives } = compilePattern(pattern);
  const leaves = flattenEvent(event);
  return alternatives.some((requirements) => satisfied(requirements, leaves, new Map()));
}

/**
 * Counts the `wildcard` strings of a pattern, those inside `anything-but` included; each counts once however deep in `$or` it stands.
 *
 * EventBridge refuses a rule with too many of them only when it is deployed.
 *
 * @throws InvalidEventPatternError where EventBridge would refuse the pattern.
 */
export function countWildcards(pattern: EventPattern): number {
  return compilePattern(pattern).wildcards;
}

/** Array consistency: all values that satisfy one pattern must come from the same element of every array they share. */
function satisfied(requirements: readonly Requirement[], leaves: readonly Leaf[], chosen: Membership): boolean {
  const [next, ...rest] = requirements;
  if (next === undefined) return true;
  const candidates = leaves.filter((leaf) => leaf.path === next.path && consistent(chosen, leaf.membership));
  if (candidates.length === 0) return next.conditions.some((condition) => condition.absent) && satisfied(rest, leaves, chosen);
  return candidates.some(
    (leaf) =>
      next.conditions.some((condition) => !condition.absent && condition.matches(leaf.value)) &&
      satisfied(rest, leaves, new Map([...chosen, ...leaf.membership])),
  );
}
