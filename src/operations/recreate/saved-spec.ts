import type { Item, Records } from "../../clients/records.ts";
import type { Spec } from "../../deployments/spec.ts";
import { amendItem } from "../amend-item.ts";

/** What a deployment was created from, which green shows only once it is built and while it exists. */
interface KeptSpec extends Item {
  spec?: Spec;
  /** Seconds since 1970; absent while the deployment exists. */
  expiresAt?: number;
}

const empty = (deploymentId: string): KeptSpec => ({ key: `spec#${deploymentId}`, version: 0 });

/** Keeps what a deployment was created from, in place of what is kept; `expiresAt` is in seconds since 1970. */
export async function keepSpec(
  deploymentId: string,
  spec: Spec,
  expiresAt: number | undefined,
  records: Pick<Records, "read" | "write">,
): Promise<void> {
  await amendItem(records, empty(deploymentId), (it) => ({ ...it, spec, expiresAt }));
}

/** The same where most likely nothing is kept yet. */
export async function keepFirstSpec(...given: Parameters<typeof keepSpec>): Promise<void> {
  const [deploymentId, spec, expiresAt, records] = given;
  if (!(await records.write({ ...empty(deploymentId), spec, expiresAt }))) await keepSpec(...given);
}

/** Lets what is kept expire, `expiresAt` seconds since 1970; never if omitted. */
export async function letSpecExpire(
  deploymentId: string,
  expiresAt: number | undefined,
  records: Pick<Records, "read" | "write">,
): Promise<void> {
  await amendItem(records, empty(deploymentId), (it) => (it.version === 0 || it.expiresAt === expiresAt ? it : { ...it, expiresAt }));
}

/** The spec as green showed it once it was built, or else what the guard created the deployment from. */
export async function savedSpec(deploymentId: string, records: Pick<Records, "read">): Promise<Spec | undefined> {
  return (await records.read<KeptSpec>(empty(deploymentId).key))?.spec;
}
