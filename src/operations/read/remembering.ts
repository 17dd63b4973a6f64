import type { Rds } from "../../clients/rds/rds.ts";
import type { Records } from "../../clients/records.ts";
import { blueNameOf, isGreenName, rdsName } from "../../deployments/arn.ts";
import type { Deployment } from "../../deployments/deployment.ts";
import { hasSwitched } from "../../deployments/membership.ts";
import { deploymentKey } from "../../facts/record.ts";
import { remember } from "../../standing/memory.ts";
import { amendRecord } from "../amend-record.ts";

/**
 * The same RDS, each answer of which that shows a name change hands is kept in the deployment's record: the next answer, whoever asks, may
 * be older.
 */
export function remembering<R extends Pick<Rds, "deployment"> & Partial<Pick<Rds, "deployments">>>(
  rds: R,
  records: Pick<Records, "read" | "write">,
): R {
  const keep = async (all: readonly Deployment[]) => {
    await Promise.all(all.filter(mayShowSwitched).map((it) => keepNames(it, records)));
  };
  return {
    ...rds,
    async deployment(id: string) {
      const deployment = await rds.deployment(id);
      if (deployment) await keep([deployment]);
      return deployment;
    },
    async deployments() {
      const all = (await rds.deployments?.()) ?? [];
      await keep(all);
      return all;
    },
  };
}

function mayShowSwitched(deployment: Deployment): boolean {
  return hasSwitched(deployment) || deployment.members.some((it) => it.status === "SWITCHOVER_COMPLETED" || !isNamedAsCreated(it));
}

/** Blue itself may have a green's name, after a person has renamed the databases of an earlier deployment. */
function isNamedAsCreated({ source, target }: Deployment["members"][number]): boolean {
  if (target === undefined) return true;
  const { name } = rdsName(target);
  return isGreenName(name) && (source === undefined || blueNameOf(name) === rdsName(source).name);
}

/** Does nothing for a deployment that the guard has not seen yet. */
async function keepNames(deployment: Deployment, records: Pick<Records, "read" | "write">): Promise<void> {
  await amendRecord(records, deploymentKey(deployment.id), (record) => {
    const before = record.memory ?? {};
    const { memory } = remember(before, { deployment, databases: [] }, record.facts);
    return record.seen === undefined || memory === before ? record : { ...record, memory, refresh: true, sees: undefined };
  });
}
