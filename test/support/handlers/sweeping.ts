import { CreateBlueGreenDeploymentCommand, type Tag } from "@aws-sdk/client-rds";
import type { TestLab } from "../lab/stage.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Puts an Aurora PostgreSQL cluster there, with instances called `<identifier>-1` and so on. */
export function addCluster({ rds }: TestLab, identifier: string, instances = 1): void {
  const names = Array.from({ length: instances }, (_, index) => `${identifier}-${index + 1}`);
  rds.addCluster({
    identifier,
    engine: "aurora-postgresql",
    engineVersion: "14.10",
    parameterGroup: "blue-14",
    instances: names.map((name) => ({ identifier: name, class: "db.t4g.medium", parameterGroup: "blue-instance-14" })),
  });
}

/** Creates the deployment `<cluster>-15`, or one called `name`, and answers its id; it is ready half an hour later. */
export async function create({ aws }: TestLab, cluster: string, { name = `${cluster}-15`, tags = [] as Tag[] } = {}): Promise<string> {
  const command = new CreateBlueGreenDeploymentCommand({
    BlueGreenDeploymentName: name,
    Source: `arn:aws:rds:ap-northeast-1:123456789012:cluster:${cluster}`,
    TargetEngineVersion: "15.5",
    TargetDBClusterParameterGroupName: "green-15",
    TargetDBParameterGroupName: "green-instance-15",
    Tags: tags,
  });
  return (await aws.send(command)).BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
}

/** Lets time pass, in a task of the clock. */
export function pass({ clock }: TestLab, milliseconds: number): Promise<void> {
  return clock.until(clock.now() + milliseconds);
}

/** Lets time pass and sweeps every five minutes, as in production; in a task of the clock. */
export async function sweepFor(lab: TestLab, milliseconds: number): Promise<void> {
  const end = lab.clock.now() + milliseconds;
  while (lab.clock.now() + 5 * MINUTE <= end) {
    await pass(lab, 5 * MINUTE);
    await lab.sweep();
  }
}
