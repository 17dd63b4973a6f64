import type { Records } from "../clients/records.ts";
import type { DeploymentView } from "../deployments/deployment.ts";
import { deploymentKey } from "../facts/record.ts";
import { remember } from "../standing/memory.ts";
import { amendRecord } from "./amend-record.ts";

/** Keeps which names blue bears now, if nobody has: after a switchover it could only be guessed. */
export async function rememberNames(view: DeploymentView, records: Pick<Records, "read" | "write">): Promise<void> {
  await amendRecord(records, deploymentKey(view.deployment.id), (record) => {
    const before = record.memory ?? {};
    const { memory } = remember(before, view, record.facts);
    return memory === before ? record : { ...record, memory };
  });
}
