import { CreateBlueGreenDeploymentCommand, paginateDescribeBlueGreenDeployments, RDSClient } from "@aws-sdk/client-rds";
import type { LabRds } from "../lab/rds/rds.ts";
import type { VirtualClock } from "../local/clock.ts";
import type { AwsOptions } from "../src/clients/aws.ts";

export const REGION = "ap-northeast-1";
const DAY_MS = 24 * 3_600_000;

/** A deployment that waits for its switchover, by the names that events are filed under. */
export interface Seeded {
  id: string;
  blueWriter: string;
  greenWriter: string;
}

/**
 * Creates deployments of an Aurora cluster with one instance each, and lets a day go by: all are ready.
 *
 * Of Aurora MySQL's creation the lab sends the fewest events, six, so that a thousand are soon there.
 */
export async function seedDeployments(count: number, rds: LabRds, clock: VirtualClock, aws: AwsOptions): Promise<Seeded[]> {
  const client = new RDSClient(aws);
  await clock.work(async () => {
    for (let index = 0; index < count; index += 1) {
      addCluster(rds, `orders-${index}`);
      const Source = `arn:aws:rds:${REGION}:123456789012:cluster:orders-${index}`;
      const request = { BlueGreenDeploymentName: `orders-${index}-upgrade`, Source, TargetEngineVersion: "8.0.mysql_aurora.3.05.2" };
      await client.send(new CreateBlueGreenDeploymentCommand(request));
    }
    await clock.until(clock.now() + DAY_MS);
  });
  const seeded: Seeded[] = [];
  for await (const { BlueGreenDeployments = [] } of paginateDescribeBlueGreenDeployments({ client, pageSize: 100 }, {})) {
    for (const { BlueGreenDeploymentIdentifier: id = "", Status, SwitchoverDetails } of BlueGreenDeployments) {
      if (Status !== "AVAILABLE") throw new Error(`The lab's deployment ${id} is ${Status} after a day: it should be AVAILABLE.`);
      const writer = SwitchoverDetails?.at(-1);
      seeded.push({ id, blueWriter: nameIn(writer?.SourceMember), greenWriter: nameIn(writer?.TargetMember) });
    }
  }
  client.destroy();
  return seeded;
}

function addCluster(rds: LabRds, identifier: string): void {
  rds.addCluster({
    identifier,
    engine: "aurora-mysql",
    engineVersion: "5.7.mysql_aurora.2.11.2",
    parameterGroup: "orders-57",
    instances: [{ identifier: `${identifier}-writer`, class: "db.r6g.large", parameterGroup: "orders-instance-57" }],
  });
}

const nameIn = (arn = ""): string => arn.split(":").at(-1) ?? "";
