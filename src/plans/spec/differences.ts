import { rdsName } from "../../deployments/arn.ts";
import type { Configuration } from "../../deployments/configuration.ts";
import { type DeploymentView, databaseAt } from "../../deployments/deployment.ts";
import type { Differences, KmsKey } from "../../deployments/spec.ts";

// The API's pattern, which refuses `db.serverless` and classes with a hyphen. Source: RDS API, TargetDBInstanceClass.
const CLASS = /^db\.[0-9a-z]{2,6}\.[0-9a-z]{4,9}$/;
// Below this size, RDS refuses IOPS and throughput for gp3 and uses the baseline. Source: RDS User Guide, "gp3 storage".
const GP3_CHOICE_FROM_GIB = 400;

/** How green differs from blue in what creation can set, which for Aurora is only the KMS key. */
export function differencesOf(view: DeploymentView): Differences {
  const { source, target } = view.deployment;
  const blue = databaseAt(view, source)?.configuration;
  const green = databaseAt(view, target)?.configuration;
  const targetKmsKeys = keysOf(view);
  const keys = targetKmsKeys.length > 0 ? { targetKmsKeys } : {};
  if (!blue || !green || rdsName(source).kind === "cluster") return keys;
  const { instanceClass } = green;
  return {
    ...(instanceClass !== blue.instanceClass && isClassForCreation(instanceClass) ? { targetDBInstanceClass: instanceClass } : {}),
    ...storageOf(blue, green),
    ...keys,
  };
}

/** True for an instance class that CreateBlueGreenDeployment accepts. */
function isClassForCreation(instanceClass: string | undefined): instanceClass is string {
  return instanceClass !== undefined && CLASS.test(instanceClass);
}

function storageOf(blue: Configuration, green: Configuration): Differences {
  const { storageType, allocatedStorage, iops, storageThroughput } = green;
  const throughputToChoose = storageType === "gp3" && (allocatedStorage ?? 0) >= GP3_CHOICE_FROM_GIB;
  const iopsToChoose = throughputToChoose || storageType === "io1" || storageType === "io2";
  return {
    ...(storageType && storageType !== blue.storageType ? { targetStorageType: storageType } : {}),
    ...(allocatedStorage && allocatedStorage !== blue.allocatedStorage ? { targetAllocatedStorage: allocatedStorage } : {}),
    ...(iopsToChoose && iops && iops !== blue.iops ? { targetIops: iops } : {}),
    ...(throughputToChoose && storageThroughput && storageThroughput !== blue.storageThroughput
      ? { targetStorageThroughput: storageThroughput }
      : {}),
  };
}

/** A cluster's instances share its key; each RDS instance has its own. */
function keysOf(view: DeploymentView): KmsKey[] {
  const { source, target, members } = view.deployment;
  const pairs = rdsName(source).kind === "cluster" ? [{ source, target }] : [{ source, target }, ...members];
  const keys = pairs.flatMap(({ source, target }) => {
    const blue = databaseAt(view, source);
    const kmsKeyId = databaseAt(view, target)?.configuration?.kmsKeyId;
    return source && blue?.configuration && kmsKeyId && kmsKeyId !== blue.configuration.kmsKeyId ? [{ source, kmsKeyId }] : [];
  });
  return keys.filter((key, index) => keys.findIndex(({ source }) => source === key.source) === index);
}
