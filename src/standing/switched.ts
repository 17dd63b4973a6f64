import type { Fact } from "../facts/facts.ts";
import type { MemberStanding } from "./members.ts";

/** The members once seen switched, as `db:NAME`, with those that answers and events show now; the same list if it adds none. */
export function switchedAfter(known: readonly string[], members: readonly MemberStanding[], facts: readonly Fact[]): readonly string[] {
  const told = switchedByEvents(facts);
  // An event names a database, but not its kind: it decides only where one member alone has that name.
  const isTold = ({ name }: MemberStanding) => told.has(name) && members.filter((it) => it.name === name).length === 1;
  const seen = members.filter((it) => it.status !== undefined || it.outcome === "switched");
  const added = seen.filter((it) => it.outcome === "switched" || isTold(it)).map(({ word, name }) => `${word}:${name}`);
  const fresh = added.filter((it) => !known.includes(it));
  return fresh.length === 0 ? known : [...known, ...fresh];
}

/** The names that, by RDS's events, a member's switchover has exchanged. */
function switchedByEvents(facts: readonly Fact[]): Set<string> {
  const reports = facts.flatMap((fact) => fact.reports).filter(({ signal }) => signal === "member-switchover-completed");
  return new Set(reports.flatMap(({ reading }) => reading.blue ?? []));
}
