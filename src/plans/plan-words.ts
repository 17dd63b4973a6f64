import { rdsName } from "../deployments/arn.ts";
import type { Origin, Settled, SettledSpec } from "./spec/settled.ts";

const FROM: Record<Origin, string> = {
  asked: "as asked",
  green: "as green has it",
  record: "as the guard wrote down when green was ready",
};

/** What the new deployment will be created with, one line per field, each with its origin. */
export function fieldWords(spec: SettledSpec): string[] {
  const { targetEngineVersion, targetDBClusterParameterGroupName: clusterGroup, targetDBParameterGroupName, differences } = spec;
  const from = differences && FROM[differences.from];
  const of = differences?.value ?? {};
  const tags = Object.entries(spec.tags).map(([key, value]) => `${key}=${value}`);
  return [
    line("Engine version", targetEngineVersion, spec.sourceEngineVersion === targetEngineVersion.value ? " (blue's own)" : ""),
    ...(clusterGroup ? [line("Cluster parameter group", clusterGroup)] : []),
    line("Instance parameter group", targetDBParameterGroupName),
    ...(of.targetDBInstanceClass ? [`Instance class: ${of.targetDBInstanceClass}, ${from}.`] : []),
    ...(of.targetStorageType ? [`Storage type: ${of.targetStorageType}, ${from}.`] : []),
    ...(of.targetAllocatedStorage ? [`Storage: ${of.targetAllocatedStorage} GiB, ${from}.`] : []),
    ...(of.targetIops ? [`IOPS: ${of.targetIops}, ${from}.`] : []),
    ...(of.targetStorageThroughput ? [`Storage throughput: ${of.targetStorageThroughput} MiB/s, ${from}.`] : []),
    ...(of.targetKmsKeys ?? []).map(({ source, kmsKeyId }) => `KMS key for green of \`${rdsName(source).name}\`: ${kmsKeyId}, ${from}.`),
    ...(tags.length > 0 ? [`Tags: ${tags.join(", ")}.`] : []),
  ];
}

function line(what: string, { value, from }: Settled<string>, more = ""): string {
  return `${what}: ${value}${more}, ${FROM[from]}.`;
}
