import type { DBInstance } from "@aws-sdk/client-rds";
import type { ControlPlane } from "./control-plane.ts";
import type { Instance, StorageOperation } from "./state.ts";

const MINUTE = 60_000;

/** A storage operation in the words of an instance's status. */
export type StorageStatus = StorageOperation["status"];

/**
 * An RDS instance works on its storage for `minutes` of the lab's clock, and is available again then unless something else has happened to
 * it. Meanwhile RDS refuses to switch its deployment over.
 *
 * Source: hashicorp/terraform-provider-aws#47493: green did so for half an hour and longer after all tasks were completed.
 *
 * @throws Error if the lab has no such RDS instance.
 */
export function optimizeStorage(
  control: ControlPlane,
  identifier: string,
  minutes: number,
  status: StorageStatus = "storage-optimization",
): void {
  const instance = control.store.instance(identifier);
  if (!instance || instance.cluster) throw new Error(`The lab has no RDS instance ${identifier}: name one that has storage of its own.`);
  const from = control.clock.now();
  const operation = { status, from, to: from + minutes * MINUTE };
  instance.status = status;
  instance.storageOperation = operation;
  control.run(async () => {
    await control.clock.until(operation.to);
    if (instance.storageOperation !== operation) return;
    control.past.keep();
    instance.storageOperation = undefined;
    if (instance.status === status) instance.status = "available";
  });
}

/** What DescribeDBInstances shows of a storage operation while it runs. Source: RDS API, `DBInstance`. */
export function storageOperationView(
  { clock }: ControlPlane,
  { storageOperation, status }: Instance,
): Pick<DBInstance, "PercentProgress" | "StorageOperationStatus" | "StorageOperationPercentProgress"> {
  if (!storageOperation || storageOperation.status !== status) return {};
  const { from, to } = storageOperation;
  const percent = Math.min(99, Math.floor((100 * (clock.now() - from)) / (to - from)));
  return {
    PercentProgress: String(percent),
    StorageOperationStatus: status === "storage-initialization" ? "Initializing" : "Optimizing",
    StorageOperationPercentProgress: percent,
  };
}
