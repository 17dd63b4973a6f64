import type { SignalId } from "../rules/signal-id.ts";
import { type Fact, latest } from "./facts.ts";
import { isPosted, type Post } from "./posts.ts";

/** The event that leads to each state that a look announces: where neither is told yet, the announcement tells both. */
export const LED_BY: Readonly<Partial<Record<SignalId, SignalId>>> = {
  ready: "tasks-completed",
  "switched-over": "switchover-completed",
  "partly-switched-over": "switchover-completed",
};

/** Each of these states, with its event. */
export const LED = Object.entries(LED_BY) as [SignalId, SignalId][];

/** Lets the entry of the latest fact `by` also tell the facts with `signal` that have no entry; the same array if there are none. */
export function toldTogether({ facts, posts }: Told, signal: SignalId, by: SignalId): readonly Fact[] {
  const teller = latest(facts, by);
  const isLeft = (fact: Fact) => fact.signal === signal && !isPosted({ posts }, fact) && (fact.toldBy === undefined || fact.toldBy === by);
  if (!teller || !facts.some(isLeft)) return facts;
  return facts.map((fact) => (isLeft(fact) ? { ...fact, toldBy: teller.id } : fact));
}

/** True for the event of a state that a look announces: it says no more than the announcement does. */
export const isLed = ({ signal }: Fact): boolean => Object.values(LED_BY).includes(signal);

/** The facts as they are told where each is told by itself: on the bus. */
export const apart = (facts: readonly Fact[]): Fact[] =>
  facts.map((fact) => (fact.toldBy === undefined || isLed(fact) ? fact : { ...fact, toldBy: undefined }));

/** Facts, and where they stand. */
interface Told {
  facts: readonly Fact[];
  posts: readonly Post[];
}

/** Leaves the facts with `signal` that have no entry to the fact `by`, which is sure to come; the same array if there are none. */
export function leftTo({ facts, posts }: Told, signal: SignalId, by: SignalId): readonly Fact[] {
  const isLeft = (fact: Fact) => fact.signal === signal && !isPosted({ posts }, fact) && fact.toldBy === undefined;
  return facts.some(isLeft) ? facts.map((fact) => (isLeft(fact) ? { ...fact, toldBy: by } : fact)) : facts;
}

/** The fact with the reports of those that its entry also tells. */
export function withToldBy(fact: Fact, facts: readonly Fact[]): Fact {
  const others = facts.filter(({ toldBy }) => toldBy === fact.id).flatMap(({ reports }) => reports);
  return others.length === 0 ? fact : { ...fact, reports: [...others, ...fact.reports] };
}
