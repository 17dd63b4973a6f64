import { type Fact, latest } from "./facts.ts";

/** The event that leads to each state that a look announces: where neither is told yet, the announcement tells both. */
export const LED_BY: Readonly<Record<string, string>> = {
  ready: "tasks-completed",
  "switched-over": "switchover-completed",
  "partly-switched-over": "switchover-completed",
};

/** Lets the entry of the latest fact `by` also tell the facts with `signal` that have no entry; the same array if there are none. */
export function toldTogether(facts: readonly Fact[], signal: string, by: string): readonly Fact[] {
  const teller = latest(facts, by);
  const isLeft = (fact: Fact) => isUnposted(fact, signal) && (fact.toldBy === undefined || fact.toldBy === by);
  if (!teller || !facts.some(isLeft)) return facts;
  return facts.map((fact) => {
    if (isLeft(fact)) return { ...fact, toldBy: teller.id };
    return fact === teller ? { ...fact, shown: 0 } : fact;
  });
}

/** Leaves the facts with `signal` that have no entry to the fact `by`, which is sure to come; the same array if there are none. */
export function leftTo(facts: readonly Fact[], signal: string, by: string): readonly Fact[] {
  const isLeft = (fact: Fact) => isUnposted(fact, signal) && fact.toldBy === undefined;
  return facts.some(isLeft) ? facts.map((fact) => (isLeft(fact) ? { ...fact, toldBy: by } : fact)) : facts;
}

const isUnposted = (fact: Fact, signal: string): boolean => fact.signal === signal && fact.ts === undefined;

/** The fact with the reports of those that its entry also tells. */
export function withToldBy(fact: Fact, facts: readonly Fact[]): Fact {
  const others = facts.filter(({ toldBy }) => toldBy === fact.id).flatMap(({ reports }) => reports);
  return others.length === 0 ? fact : { ...fact, reports: [...others, ...fact.reports] };
}
