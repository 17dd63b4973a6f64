import type { DeploymentView } from "../deployments/deployment.ts";
import type { Fact } from "../facts/facts.ts";
import type { Memory } from "../facts/memory.ts";
import { looksAfter } from "./ending.ts";
import { type MemberStanding, membersOf } from "./members.ts";
import { originAfter } from "./origin.ts";
import { switchedAfter } from "./switched.ts";

/** What is remembered after a look at `view`, and the members by it. */
export interface Remembered {
  memory: Memory;
  members: MemberStanding[];
}

/** What the guard remembers of a deployment once RDS shows `view` and `facts` are known; does not count as a look. */
export function remember(before: Memory, view: DeploymentView, facts: readonly Fact[]): Remembered {
  const { switched: known = [] } = before;
  // The names that a first look records are those of a deployment of which nothing was ever switched.
  const first = membersOf({ view, origin: before.origin, switched: known });
  const told = switchedAfter(known, first, facts);
  const origin = told.length === 0 ? originAfter(before.origin, view) : before.origin;
  const named = membersOf({ view, origin, switched: told });
  const switched = switchedAfter(told, named, facts);
  const members = switched === told ? named : membersOf({ view, origin, switched });
  const isSame = origin === before.origin && switched === known;
  return { memory: isSame ? before : { ...before, origin, ...(switched.length > 0 && { switched }) }, members };
}

/** The same, and the look at `now` (ISO 8601) counts. */
export function rememberLook(before: Memory, view: DeploymentView, facts: readonly Fact[], now: string): Memory {
  const { memory, members } = remember(before, view, facts);
  const looks = looksAfter(memory.looks, view.deployment, members, now);
  if (looks === memory.looks) return memory;
  const { looks: _, ...rest } = memory;
  return looks ? { ...rest, looks } : rest;
}
