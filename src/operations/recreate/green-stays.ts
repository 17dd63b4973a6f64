import type { Records } from "../../clients/records.ts";
import type { DeploymentView } from "../../deployments/deployment.ts";
import { type DeploymentRecord, deploymentKey } from "../../facts/record.ts";
import { safeToDelete } from "../../plans/safe-to-delete.ts";
import type { Standing } from "../../standing/standing.ts";
import { standingBy } from "../read/standing-of.ts";
import type { Reason } from "../says/reasons.ts";

/** Why green may not be deleted, as far as names tell; undefined while every name leads to blue. */
export async function whyGreenStays(
  view: DeploymentView,
  { records, now }: { records: Pick<Records, "read">; now(): number },
): Promise<Reason | undefined> {
  const record = await records.read<DeploymentRecord>(deploymentKey(view.deployment.id));
  return greenStaysBy(view, standingBy(view, record, now()));
}

/** The same, of a deployment whose standing is known. */
export function greenStaysBy(view: DeploymentView, { mayDeleteGreen, production }: Standing): Reason | undefined {
  if (mayDeleteGreen) return undefined;
  const { id, source } = view.deployment;
  const deletion = safeToDelete(view, { deploymentId: id, blue: { arn: source }, production, intended: false });
  return deletion.verdict === "refuse" ? { code: "green-stays", why: deletion.why } : undefined;
}
