import { rdsName } from "../../deployments/arn.ts";
import type { SettledSpec } from "./settled.ts";
import { carriedTags } from "./spec.ts";

/** The input of CreateBlueGreenDeployment, with the RDS API's names. */
export interface CreateInput {
  BlueGreenDeploymentName: string;
  Source: string;
  TargetEngineVersion?: string;
  TargetDBClusterParameterGroupName?: string;
  TargetDBParameterGroupName: string;
  TargetDBInstanceClass?: string;
  TargetStorageType?: string;
  TargetAllocatedStorage?: number;
  TargetIops?: number;
  TargetStorageThroughput?: number;
  TargetResourceConfigurations?: { SourceArn: string; TargetKmsKeyId: string }[];
  Tags: { Key: string; Value: string }[];
}

/**
 * Returns the input that creates the deployment again as `name`; `tags` are added to its own and override them.
 *
 * Leaves out an engine version that is the same as blue's, and whatever RDS refuses for a cluster or an instance.
 * Source: RDS API, CreateBlueGreenDeployment ("doesn't apply to Amazon Aurora").
 */
export function toCreateInput(spec: SettledSpec, name: string, tags: Record<string, string> = {}): CreateInput {
  const version = spec.targetEngineVersion.value;
  const keys = spec.differences?.value.targetKmsKeys?.map(({ source, kmsKeyId }) => ({ SourceArn: source, TargetKmsKeyId: kmsKeyId }));
  return {
    BlueGreenDeploymentName: name,
    Source: spec.source,
    ...(version === spec.sourceEngineVersion ? {} : { TargetEngineVersion: version }),
    TargetDBParameterGroupName: spec.targetDBParameterGroupName.value,
    ...(rdsName(spec.source).kind === "cluster" ? ofCluster(spec) : ofInstance(spec)),
    ...(keys ? { TargetResourceConfigurations: keys } : {}),
    Tags: Object.entries(carriedTags({ ...spec.tags, ...tags })).map(([Key, Value]) => ({ Key, Value })),
  };
}

function ofCluster({ targetDBClusterParameterGroupName }: SettledSpec): Partial<CreateInput> {
  return targetDBClusterParameterGroupName ? { TargetDBClusterParameterGroupName: targetDBClusterParameterGroupName.value } : {};
}

function ofInstance({ differences }: SettledSpec): Partial<CreateInput> {
  const { targetDBInstanceClass, targetStorageType, targetAllocatedStorage, targetIops, targetStorageThroughput } =
    differences?.value ?? {};
  const input = {
    TargetDBInstanceClass: targetDBInstanceClass,
    TargetStorageType: targetStorageType,
    TargetAllocatedStorage: targetAllocatedStorage,
    TargetIops: targetIops,
    TargetStorageThroughput: targetStorageThroughput,
  };
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}
