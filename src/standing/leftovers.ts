import type { MemberStanding } from "./members.ts";

/** A database that outlived its deployment: it still exists and is still billed. */
export interface Leftover {
  name: string;
  kind: "cluster" | "instance";
  /** What it was in the deployment. */
  side: "green" | "old blue";
  /** RDS's status of it. */
  status: string;
}

/** What is left of a deployment that is gone: green that was kept, and old blue. What production uses is no leftover. */
export function leftoversOf(members: readonly MemberStanding[]): Leftover[] {
  return members.flatMap(({ outcome, source, target }): Leftover[] => {
    const side = outcome === "switched" ? "old blue" : "green";
    const database = (outcome === "switched" ? source : target)?.database;
    if (!database || database.status === "deleting") return [];
    return [{ name: database.identifier, kind: database.kind, side, status: database.status }];
  });
}
