import { randomUUID } from "node:crypto";
import { REGION } from "../local/queue/names.ts";
import type { AwsOptions } from "../src/clients/aws.ts";
import { createBus } from "../src/clients/bus.ts";
import { identityOf } from "../src/clients/identity.ts";
import { createRds } from "../src/clients/rds.ts";
import { createRdsDescribe } from "../src/clients/rds-describe.ts";
import type { Records } from "../src/clients/records.ts";
import type { RecreatePlan } from "../src/deployments/plan.ts";
import { proposeRecreation } from "../src/operations/propose.ts";
import { newRequest, type OperationRequest } from "../src/operations/request.ts";
import { cancelRequest, resumeRequest, writeRequest } from "../src/operations/requests.ts";

/** What a person at a terminal has before him. */
export interface Desk {
  /** The one address of AWS. */
  url: string;
  /** The guard's records, over the wire. */
  records: Records;
  clock: { now(): number };
}

const BUS = "bluegreen-guard";

/** A plan that its person can confirm. */
export interface Planned {
  requestId: string;
  plan: RecreatePlan;
  /** Writes the request and has it begun. */
  confirm(): Promise<void>;
}

/**
 * Plans a recreation for a person, as `bluegreen-guard recreate` does where a deployed guard does the work.
 *
 * @throws Error where it cannot be done, with the reason; FinalError where there is nothing to plan with.
 */
export async function planFor(desk: Desk, deploymentId: string): Promise<Planned> {
  const requestId = randomUUID();
  const { caller, principal } = await identityOf(awsAt(desk));
  const { plan, asked, refusal } = await proposeRecreation(deploymentId, requestId, {
    rds: { ...createRds(awsAt(desk)), ...createRdsDescribe(awsAt(desk)) },
    records: desk.records,
    now: () => desk.clock.now(),
    principal,
  });
  if (refusal !== undefined) throw new Error(`It cannot be done: ${refusal} Nothing was changed.`);
  return {
    requestId,
    plan,
    async confirm() {
      const by = { requestedBy: caller, via: "terminal" as const, approved: true };
      await writeRequest(desk.records, newRequest(requestId, { ...asked, ...by }, desk.clock.now()));
      await begin(desk, requestId);
    },
  };
}

/** Has an operation go on that deleted green and created nothing in its place. */
export async function resume(desk: Desk, requestId: string): Promise<OperationRequest> {
  const { caller } = await identityOf(awsAt(desk));
  const request = await resumeRequest(desk.records, requestId, caller, desk.clock.now());
  await begin(desk, requestId);
  return request;
}

/** Has an operation stop before its next change, as `bluegreen-guard cancel` does. */
export async function cancel(desk: Desk, requestId: string): Promise<OperationRequest> {
  const { caller } = await identityOf(awsAt(desk));
  return cancelRequest(desk.records, requestId, caller, desk.clock.now());
}

const begin = (desk: Desk, requestId: string): Promise<void> => createBus(BUS, awsAt(desk)).request("recreate", requestId);

const awsAt = ({ url }: Desk): AwsOptions => ({
  endpoint: url,
  region: REGION,
  credentials: { accessKeyId: "lab", secretAccessKey: "lab" },
});
