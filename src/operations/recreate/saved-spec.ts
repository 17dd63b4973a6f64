import type { Item, Records } from "../../clients/records.ts";
import type { Spec } from "../../deployments/spec.ts";
import type { DeploymentRecord } from "../../facts/record.ts";

/** What a deployment was created from, in case it is never built and so cannot show it. */
interface KeptSpec extends Item {
  spec: Spec;
  /** Seconds since 1970. */
  expiresAt: number;
}

const specKey = (deploymentId: string): string => `spec#${deploymentId}`;

/** Keeps what a deployment was created from; `expiresAt` is in seconds since 1970. */
export async function keepSpec(id: string, spec: Spec, expiresAt: number, records: Pick<Records, "write">): Promise<void> {
  await records.write<KeptSpec>({ key: specKey(id), version: 0, spec, expiresAt });
}

/** The spec saved once green was built, or else what the guard created the deployment from. */
export async function savedSpec(
  id: string,
  record: DeploymentRecord | undefined,
  records: Pick<Records, "read">,
): Promise<Spec | undefined> {
  return record?.spec ?? (await records.read<KeptSpec>(specKey(id)))?.spec;
}
