import type { Executions } from "../clients/executions.ts";
import type { Rds } from "../clients/rds/rds.ts";
import type { Records } from "../clients/records.ts";
import type { Coded } from "../deployments/coded.ts";
import type { Named } from "../deployments/find-deployment.ts";
import type { Leaves } from "../standing/under-way.ts";
import { claimedBlues } from "./claim.ts";
import { concerns, findUnderWay } from "./find-request.ts";
import { leavesOf } from "./read/under-way.ts";
import { type OperationRequest, requestKey } from "./request.ts";
import { openRequests } from "./requests.ts";
import type { Owner } from "./settle.ts";

/** What a person sees before they end an operation by force. */
export interface ForceFacts {
  request: OperationRequest;
  owner: Owner;
  /** What it leaves if it stops now. */
  leaves: Leaves;
  /** How RDS shows its deployments now. */
  rds: RdsNow[];
}

/** How RDS shows a deployment now. */
export type RdsNow = Coded<RdsShows>;

/** The same, by code. */
export interface RdsShows {
  shown: { deployment: Named; status: string };
  "not-listed": { deployment: Named };
  "not-asked": { deployment: Named; text: string };
}

/** What a confirmation of it holds for: anything else has to be shown again. */
export const forceState = ({ owner, leaves }: Pick<ForceFacts, "owner" | "leaves">): string => `${owner.state} ${leaves}`;

/** What finding out about it needs from the outside. */
export interface ForcePorts {
  records: Pick<Records, "read" | "open">;
  rds: Pick<Rds, "deployment">;
  executions: Pick<Executions, "ownerOf">;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * The operation that can be ended by force for the whole name or id that was typed: the one under way, or one that has ended and left its
 * database claimed. Undefined if there is none that has begun.
 */
export async function findForceable(typed: string, { records, now }: ForcePorts): Promise<OperationRequest | undefined> {
  const running = findUnderWay(await openRequests(records), typed, now());
  if (running) return running.usedBy === undefined ? undefined : running;
  for (const { claim } of await claimedBlues(records)) {
    const request = claim && (await records.read<OperationRequest>(requestKey(claim.requestId)));
    if (request && claim.unclear === undefined && concerns(request, typed)) return { ...request, usedBy: claim.owner };
  }
  return undefined;
}

/** What a person sees of it before they decide. */
export async function forceFacts(request: OperationRequest, { executions, rds }: ForcePorts): Promise<ForceFacts> {
  return {
    request,
    owner: await executions.ownerOf(request.usedBy ?? ""),
    leaves: leavesOf(request),
    rds: await rdsNow(request, rds),
  };
}

/** How RDS shows the deployment, and the one that was created in its place. */
export async function rdsNow(
  { deploymentId, deploymentName, created, intent }: OperationRequest,
  rds: ForcePorts["rds"],
): Promise<RdsNow[]> {
  const newName = intent?.create.BlueGreenDeploymentName ?? deploymentName;
  const all = [{ id: deploymentId, name: deploymentName }, ...(created === undefined ? [] : [{ id: created, name: newName }])];
  return Promise.all(
    all.map(async (deployment): Promise<RdsNow> => {
      try {
        const found = await rds.deployment(deployment.id);
        if (!found) return { code: "not-listed", deployment };
        return { code: "shown", deployment: { id: found.id, name: found.name }, status: found.status };
      } catch (error) {
        return { code: "not-asked", deployment, text: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}
