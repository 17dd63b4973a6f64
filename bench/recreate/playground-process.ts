import { on } from "node:events";
import { CreateBlueGreenDeploymentCommand, RDSClient } from "@aws-sdk/client-rds";
import type { LabRds } from "../../lab/rds/rds.ts";
import { ownRouteOf } from "../../local/bus.ts";
import type { VirtualClock } from "../../local/clock.ts";
import { ACCOUNT } from "../../local/queue/names.ts";
import { makeBelieve } from "../make-believe.ts";
import { awsAt } from "../playground.ts";
import { REGION } from "../seed-deployments.ts";
import type { RuinedPlayground, Timeline } from "./playground.ts";

const MINUTE_MS = 60_000;
const CLUSTER = "orders";

/** The program of the process that plays AWS and Slack while a recreation is measured; it ends with the process that started it. */
async function play(minutes: number | undefined): Promise<void> {
  const delivered: object[] = [];
  const deliver = async (event: object) => void (ownRouteOf(event) && delivered.push(event));
  const { clock, rds, url, channel } = await makeBelieve("2024-02-05T04:29:00Z", { deliver });
  // Between two messages this task works, so that time stands still.
  await clock.work(async () => {
    const deploymentId = await ruin(rds, clock, url);
    rds.nextCreation = { minutes };
    const playground: RuinedPlayground = { url, channel, now: clock.now(), deploymentId };
    const timeline = timelineFrom(rds);
    delivered.splice(0);
    const messages = on(process, "message");
    process.send?.(playground);
    for await (const [{ until, events }] of messages as AsyncIterable<[{ until?: number; events?: boolean }]>) {
      if (until !== undefined) await clock.until(until);
      const answer = events ? delivered.splice(0) : timeline();
      process.send?.(until === undefined ? answer : { now: clock.now() });
    }
  });
}

/** What happens in RDS from now on, whenever it is asked. */
function timelineFrom(rds: LabRds): () => Timeline {
  const seen = { calls: rds.calls.length, events: rds.history.length };
  return () => {
    const calls = rds.calls.slice(seen.calls);
    const events = rds.history.slice(seen.events).filter(({ sourceType }) => sourceType === "BLUE_GREEN_DEPLOYMENT");
    return {
      calls: calls.filter(({ outcome }) => outcome === "accepted").map(({ date, action }) => ({ at: Date.parse(date), what: action })),
      events: events.map(({ date, message }) => ({ at: Date.parse(date), what: message })),
    };
  };
}

/** Creates a deployment as the article did, and runs DDL on blue once it is ready; in a task of the clock. Answers its id. */
async function ruin(rds: LabRds, clock: VirtualClock, url: string): Promise<string> {
  rds.addCluster({
    identifier: CLUSTER,
    engine: "aurora-postgresql",
    engineVersion: "14.10",
    parameterGroup: "blue-14",
    instances: [{ identifier: `${CLUSTER}-writer`, class: "db.t4g.medium", parameterGroup: "blue-instance-14" }],
  });
  const client = new RDSClient(awsAt(url));
  const command = new CreateBlueGreenDeploymentCommand({
    BlueGreenDeploymentName: `${CLUSTER}-15`,
    Source: `arn:aws:rds:${REGION}:${ACCOUNT}:cluster:${CLUSTER}`,
    TargetEngineVersion: "15.5",
    TargetDBClusterParameterGroupName: "green-15",
    TargetDBParameterGroupName: "green-instance-15",
  });
  const { BlueGreenDeployment } = await client.send(command);
  await clock.until(clock.now() + 60 * MINUTE_MS);
  rds.runDdl(CLUSTER, "ALTER TABLE");
  await clock.until(clock.now() + MINUTE_MS);
  client.destroy();
  return BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
}

process.on("disconnect", () => process.exit());
const [minutes] = process.argv.slice(2);
await play(minutes === undefined ? undefined : Number(minutes));
