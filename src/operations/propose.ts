import { databaseAt } from "../deployments/deployment.ts";
import { safeToDelete } from "../plans/safe-to-delete.ts";
import type { Standing } from "../standing/standing.ts";
import { blueOf } from "./claim.ts";
import { type PlannedRecreation, planRecreation } from "./recreate/plan.ts";
import type { PlanPorts } from "./recreate/ports.ts";
import type { Asked } from "./request.ts";
import { type StandingPorts, standingNow } from "./standing-of.ts";

/** A plan for a person to see, and what their confirmation of it asks for. */
export interface Proposal extends PlannedRecreation {
  asked: Pick<Asked, "operation" | "deploymentId" | "deploymentName" | "blue" | "stateHash" | "askedFor">;
  /** How the deployment stands now. */
  standing: Standing;
  /** Why events may be missing, as a sentence. */
  incomplete?: string;
  /** Why it cannot be done as things stand, even if the person confirms it. */
  refusal?: string;
}

/** Plans a recreation for a person. @throws FinalError if there is nothing to plan with */
export async function proposeRecreation(id: string, requestId: string, ports: PlanPorts & StandingPorts): Promise<Proposal> {
  const planned = await planRecreation(id, requestId, ports);
  const { view, plan, stateHash } = planned;
  const { standing, incomplete } = await standingNow(view, ports);
  const { deployment } = view;
  const resourceId = databaseAt(view, deployment.source)?.resourceId;
  const { status } = deployment;
  const askedFor = status === "SWITCHOVER_FAILED" || status === "PROVISIONING" ? status : undefined;
  const blue = { arn: deployment.source, resourceId };
  const deletion = safeToDelete(view, { deploymentId: id, blue, production: standing.production, askedFor, intended: false });
  const failed = plan.checks.filter(({ result }) => result === "fail");
  const reasons = [...(deletion.verdict === "refuse" ? [deletion.reason] : []), ...failed.map(({ reason }) => reason)];
  return {
    ...planned,
    standing,
    incomplete,
    asked: {
      operation: "recreate",
      deploymentId: id,
      deploymentName: deployment.name,
      blue: blueOf(view),
      stateHash,
      askedFor,
    },
    refusal: reasons.length > 0 ? reasons.join(" ") : undefined,
  };
}
