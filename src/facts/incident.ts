import type { Person } from "../deployments/person.ts";
import type { Fact } from "./facts.ts";

/** How soon a person has to come: now (production suffers, or may), or later. */
export type Need = "now" | "later";

/** One time that a deployment needs a person, from then until it needs nobody. */
export interface Incident {
  /** When the guard saw it, ISO 8601; names it in buttons. */
  since: string;
  /** How soon at most so far. */
  need: Need;
  /** The ids of the facts whose entries call for a person. */
  facts: readonly string[];
  /** The ids of the Slack users and user groups that were called, and of those that were called once more. */
  called: readonly string[];
  reminded: readonly string[];
  /** When they are called once more (ISO 8601), unless somebody takes it before; absent if they are not. */
  due?: string;
  taken?: Taken;
}

/** Who has taken it, and when (ISO 8601). */
export interface Taken {
  by: Person;
  at: string;
}

/** What is offered to whoever comes: the value of the button, and who has taken it already. */
export interface Taking {
  value: string;
  taken?: Taken;
}

/** How long somebody has time to take it before the same are called once more. */
export const UNTAKEN_MS = 30 * 60_000;

/** What the card offers, or with `facts` their entry; undefined if it needs nobody, or the entry does not call. */
export function takingOf({ key = "", incident }: { key?: string; incident?: Incident }, facts?: readonly Fact[]): Taking | undefined {
  if (!incident || facts?.some(({ id }) => incident.facts.includes(id)) === false) return undefined;
  return { value: `${key} ${incident.since}`, taken: incident.taken };
}

/** The record's key and the incident that a button's value names. */
export function pressedIn(value: string): { key: string; since: string } {
  const [key = "", since = ""] = value.split(" ");
  return { key, since };
}
