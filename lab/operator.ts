import { randomUUID } from "node:crypto";
import { REGION } from "../local/queue/names.ts";
import type { AwsOptions } from "../src/clients/aws.ts";
import { identityOf } from "../src/clients/identity.ts";
import type { Records } from "../src/clients/records.ts";
import { deskAt, rdsAt } from "../src/handlers/connect.ts";
import { degradationOf } from "../src/operations/confirm-degradation.ts";
import type { OperationName } from "../src/operations/index.ts";
import { proposeRecreation } from "../src/operations/propose.ts";
import { type Asked, newRequest, type OperationRequest } from "../src/operations/request.ts";
import { cancelRequest, resumeRequest, writeRequest } from "../src/operations/requests.ts";
import { planSwitchover, type SwitchoverPlan } from "../src/operations/switchover/plan.ts";
import type { RecreatePlan } from "../src/plans/plan.ts";

/** What a person at a terminal has before him. */
export interface Desk {
  /** The one address of AWS. */
  url: string;
  /** The guard's records, over the wire. */
  records: Records;
  clock: { now(): number };
}

/** What table and bus of the guard are called. */
const NAME = "bluegreen-guard";

/** A plan that its person can confirm. */
export interface Planned<Plan> {
  requestId: string;
  plan: Plan;
  /** Writes the request and has it begun. */
  confirm(): Promise<void>;
}

/**
 * Plans a recreation for a person, as `bluegreen-guard recreate` does where a deployed guard does the work.
 *
 * @throws Error where it cannot be done, with the reason; FinalError where there is nothing to plan with.
 */
export async function planFor(desk: Desk, deploymentId: string): Promise<Planned<RecreatePlan>> {
  const requestId = randomUUID();
  const { caller, principal } = await identityOf(awsAt(desk));
  const proposal = await proposeRecreation(deploymentId, requestId, {
    rds: rdsAt(awsAt(desk)),
    records: desk.records,
    now: () => desk.clock.now(),
    principal,
  });
  return confirmable(desk, requestId, caller, proposal);
}

/**
 * Plans a switchover for a person, as `bluegreen-guard switchover` does where a deployed guard does the work.
 *
 * @param timeoutSeconds what RDS is given, 30 to 3,600.
 * @throws Error where it is not ready, with the reason; FinalError where there is nothing to plan with.
 */
export async function planSwitchoverFor(desk: Desk, deploymentId: string, timeoutSeconds: number): Promise<Planned<SwitchoverPlan>> {
  const { caller } = await identityOf(awsAt(desk));
  const rds = rdsAt(awsAt(desk));
  const planned = await planSwitchover(deploymentId, timeoutSeconds, {
    rds,
    records: desk.records,
    degradation: (deployment) => degradationOf(deployment, rds, desk.clock.now()),
    isRunning: async () => true,
  });
  return confirmable(desk, randomUUID(), caller, planned);
}

type Approvable = Omit<Asked, "requestedBy" | "via" | "approved">;

function confirmable<Plan>(
  desk: Desk,
  requestId: string,
  requestedBy: string,
  { plan, asked, refusal }: { plan: Plan; asked: Approvable; refusal?: string },
): Planned<Plan> {
  if (refusal !== undefined) throw new Error(`It cannot be done: ${refusal} Nothing was changed.`);
  return {
    requestId,
    plan,
    async confirm() {
      const by = { requestedBy, via: "terminal", approved: true } as const;
      await writeRequest(desk.records, newRequest(requestId, { ...asked, ...by }, desk.clock.now()));
      await begin(desk, asked.operation, requestId);
    },
  };
}

/** Has an operation go on that deleted green and created nothing in its place. */
export async function resume(desk: Desk, requestId: string): Promise<OperationRequest> {
  const { caller } = await identityOf(awsAt(desk));
  const request = await resumeRequest(desk.records, requestId, caller, desk.clock.now());
  await begin(desk, request.operation, requestId);
  return request;
}

/** Has an operation stop before its next change, as `bluegreen-guard cancel` does. */
export async function cancel(desk: Desk, requestId: string): Promise<OperationRequest> {
  const { caller } = await identityOf(awsAt(desk));
  return cancelRequest(desk.records, requestId, caller, desk.clock.now());
}

const begin = (desk: Desk, operation: OperationName, requestId: string): Promise<void> =>
  deskAt({ table: NAME, bus: NAME }, awsAt(desk)).bus.request(operation, requestId);

const awsAt = ({ url }: Desk): AwsOptions => ({
  endpoint: url,
  region: REGION,
  credentials: { accessKeyId: "lab", secretAccessKey: "lab" },
});
