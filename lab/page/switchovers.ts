import {
  type BlueGreenDeployment,
  paginateDescribeBlueGreenDeployments,
  paginateDescribeEvents,
  type RDSClient,
} from "@aws-sdk/client-rds";
import { deploymentFrom } from "../../src/clients/rds/answers.ts";
import { blueNameOf, rdsName } from "../../src/deployments/arn.ts";
import { eventsOf } from "../../src/operations/read/deployment-events.ts";
import type { Signal } from "../../src/rules/rule.ts";
import { all } from "./databases.ts";

/** A deployment's last switchover, from RDS's own events. Times are milliseconds since 1970. */
export interface SwitchoverView {
  startedAt: number;
  /** Absent while it is under way. */
  endedAt?: number;
  end?: "completed" | "cancelled";
}

const SOURCE_TYPES = ["blue-green-deployment", "db-cluster", "db-instance"] as const;
const DAY_MS = 24 * 3_600_000;

/** Asks the RDS API for the last switchover of every deployment within the day before `now`, by deployment id. @throws what the SDK throws */
export async function lookAtSwitchovers(client: RDSClient, now: number): Promise<Record<string, SwitchoverView>> {
  const deployments = await all(paginateDescribeBlueGreenDeployments({ client }, {}), ({ BlueGreenDeployments }) => BlueGreenDeployments);
  const StartTime = new Date(now - DAY_MS);
  const lists = SOURCE_TYPES.map((SourceType) =>
    all(paginateDescribeEvents({ client }, { SourceType, StartTime, EndTime: new Date(now) }), ({ Events }) => Events),
  );
  const listed = (await Promise.all(lists)).flat();
  const found = deployments.map((it) => lastOf(it, async () => listed, now));
  return Object.fromEntries((await Promise.all(found)).flat());
}

async function lastOf(
  deployment: BlueGreenDeployment,
  events: Parameters<typeof eventsOf>[1]["events"],
  now: number,
): Promise<[string, SwitchoverView][]> {
  const model = deploymentFrom(deployment);
  const signals = await eventsOf(model, { events }, now - DAY_MS, now);
  const last = lastSwitchover(signals, blueNameOf(rdsName(model.source).name));
  return last ? [[model.id, last]] : [];
}

/** The switchover ends when the deployment's own pair is done, whatever its read replicas do. */
function lastSwitchover(signals: readonly Signal[], blue: string): SwitchoverView | undefined {
  let last: SwitchoverView | undefined;
  for (const { rule, event, reading } of signals) {
    const what = (rule.foldsInto ?? rule).id;
    const at = Date.parse(event.date);
    if (what === "switchover-started" && (!last || last.end)) last = { startedAt: at };
    const end = what === "switchover-completed" && (reading.blue ?? blue) === blue ? "completed" : CANCELLATIONS[what];
    if (last && end && !last.end) last = { ...last, endedAt: at, end };
  }
  return last;
}

const CANCELLATIONS: Record<string, "cancelled"> = { "switchover-cancelled": "cancelled", "sequence-sync-failed": "cancelled" };
