import type { Rds } from "../../clients/rds/rds.ts";
import type { Deployment } from "../../deployments/deployment.ts";
import { earliestListed } from "../../deployments/event-window.ts";
import { type Fact, withReport } from "../../facts/facts.ts";
import { reportOf } from "../../facts/report-of.ts";
import type { EventsMissing } from "../../plans/readiness-findings.ts";
import { eventsOf } from "./deployment-events.ts";

/** What is known to have happened to a deployment, with all that DescribeEvents lists. */
export interface ListedFacts {
  facts: readonly Fact[];
  /** Why events may be missing; absent if RDS listed all since the creation. */
  incomplete?: EventsMissing;
}

/** The facts that the guard keeps, with those of the events that RDS lists at `now` (milliseconds since 1970). */
export async function listedFacts(
  deployment: Deployment,
  kept: readonly Fact[],
  rds: Pick<Rds, "events">,
  now: number,
): Promise<ListedFacts> {
  const { id, createTime } = deployment;
  const created = Date.parse(createTime ?? "");
  const isOlder = !(created >= earliestListed(now));
  try {
    const listed = await eventsOf(deployment, rds, created, now);
    const facts = listed.reduce((all, signal) => withReport(all, signal.rule, reportOf(signal, deployment)), kept);
    return { facts, ...(isOlder && { incomplete: { code: "older-than-listed", deploymentId: id } }) };
  } catch (error) {
    return { facts: kept, incomplete: { code: "not-listed", text: error instanceof Error ? error.message : String(error) } };
  }
}
