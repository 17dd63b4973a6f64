import { REGION } from "../../local/queue/names.ts";
import { rdsAt } from "../../src/handlers/connect.ts";
import { switchover } from "../../src/operations/switchover/operation.ts";
import { planSwitchover } from "../../src/operations/switchover/plan.ts";
import type { Check } from "../../src/plans/checks.ts";
import type { Standing } from "../../src/standing/standing.ts";
import type { Lab } from "../lab.ts";

/** How one deployment stands after the events, and what a switchover would need. */
export interface Stood {
  standing: Standing;
  checks: readonly Check[];
}

/** How each deployment that the lab's RDS lists stands at `now` (milliseconds since 1970), by the guard's own records. */
export async function standAll({ url, records }: Lab, now: number): Promise<Stood[]> {
  const rds = rdsAt({ endpoint: url, region: REGION, credentials: { accessKeyId: "lab", secretAccessKey: "lab" } });
  const ports = { rds, records, now: () => now, isRunning: async () => false };
  const planned = (await rds.deployments()).map(({ id }) => planSwitchover(id, switchover.timeout.leftOut, ports));
  return (await Promise.all(planned)).map(({ standing, plan }) => ({ standing, checks: plan.checks }));
}
