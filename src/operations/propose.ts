import type { EventsMissing } from "../plans/readiness-findings.ts";
import { safeToDelete, toAskFor } from "../plans/safe-to-delete.ts";
import type { AskedFields } from "../plans/spec/settled.ts";
import type { Standing } from "../standing/standing.ts";
import { blueOf, NO_RESOURCE_ID } from "./claim.ts";
import { FinalError } from "./final-error.ts";
import { type StandingPorts, standingNow } from "./read/standing-of.ts";
import { greenStaysBy } from "./recreate/green-stays.ts";
import { type PlannedRecreation, planRecreationOf, viewToRecreate } from "./recreate/plan.ts";
import type { PlanPorts } from "./recreate/ports.ts";
import type { Asked } from "./request.ts";
import type { Reason } from "./says/reasons.ts";

/** A plan for a person to see, and what their confirmation of it asks for. */
export interface Proposal extends PlannedRecreation {
  asked: Pick<Asked, "operation" | "deploymentId" | "deploymentName" | "blue" | "stateHash" | "askedFor" | "asked">;
  /** How the deployment stands now. */
  standing: Standing;
  /** Why events may be missing. */
  incomplete?: EventsMissing;
  /** Why it cannot be done as things stand, even if the person confirms it; empty if it can. */
  refusals: readonly Reason[];
}

/**
 * Plans a recreation for a person, with the fields that they ask for.
 *
 * @throws FinalError if they have to give more of them, if there is nothing to plan with, or green may be production: then
 * nobody is shown how it would be deleted.
 */
export async function proposeRecreation(
  id: string,
  requestId: string,
  ports: PlanPorts & StandingPorts,
  fields?: AskedFields,
): Promise<Proposal> {
  const view = await viewToRecreate(id, ports);
  const { standing, incomplete } = await standingNow(view, ports);
  const { deployment } = view;
  const resourceId = blueOf(view);
  const askedFor = toAskFor(deployment);
  const blue = { arn: deployment.source, resourceId };
  const deletion = safeToDelete(view, { deploymentId: id, blue, production: standing.production, askedFor, intended: false });
  const greenStays = greenStaysBy(view, standing);
  if (greenStays !== undefined) throw new FinalError(greenStays);
  const planned = await planRecreationOf(view, requestId, ports, fields);
  const { plan, stateHash } = planned;
  const failed = plan.checks.filter(({ result }) => result === "fail");
  const refusals: Reason[] = [
    ...(resourceId === undefined ? [NO_RESOURCE_ID] : []),
    ...(deletion.verdict === "refuse" ? [{ code: "green-stays" as const, why: deletion.why }] : []),
    ...(failed.length > 0 ? [{ code: "checks-found" as const, checks: failed }] : []),
  ];
  return {
    ...planned,
    standing,
    incomplete,
    asked: {
      operation: "recreate",
      deploymentId: id,
      deploymentName: deployment.name,
      blue: resourceId ?? "",
      stateHash,
      askedFor,
      asked: fields,
    },
    refusals,
  };
}
