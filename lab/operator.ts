import { randomUUID } from "node:crypto";
import { REGION } from "../local/queue/names.ts";
import type { AwsOptions } from "../src/clients/aws.ts";
import { createExecutions } from "../src/clients/executions.ts";
import { identityOf } from "../src/clients/identity.ts";
import type { Records } from "../src/clients/records.ts";
import { deskAt, rdsAt } from "../src/handlers/connect.ts";
import * as words from "../src/messages/language.ts";
import { inTerminal } from "../src/messages/terminal/form.ts";
import type { OperationName } from "../src/operations/index.ts";
import { proposeRecreation } from "../src/operations/propose.ts";
import { type Asked, newRequest, type OperationRequest } from "../src/operations/request.ts";
import { cancelRequest, resumeRequest, writeRequest } from "../src/operations/requests.ts";
import type { Reason } from "../src/operations/says/reasons.ts";
import { planSwitchover, type SwitchoverPlan } from "../src/operations/switchover/plan.ts";
import { wake } from "../src/operations/waiting/wake.ts";
import type { RecreatePlan } from "../src/plans/plan.ts";

/** What people have in front of them at a terminal. */
export interface Desk {
  /** The endpoint of AWS. */
  url: string;
  /** The guard's records, over the wire. */
  records: Records;
  clock: { now(): number };
}

/** The names of the guard's table and bus. */
const NAME = "bluegreen-guard";

/** A plan that a person can confirm. */
export interface Planned<Plan> {
  requestId: string;
  plan: Plan;
  /** Writes the request and starts it. */
  confirm(): Promise<void>;
}

/**
 * Plans a recreation for a person, as `bluegreen-guard recreate` does with a deployed guard.
 *
 * @throws Error with the reason if it cannot be done; FinalError if there is nothing to plan with.
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
  return confirmable(desk, requestId, caller, proposal, proposal.refusals);
}

/**
 * Plans a switchover for a person, as `bluegreen-guard switchover` does with a deployed guard.
 *
 * @param timeoutSeconds RDS's timeout, 30 to 3,600.
 * @throws Error with the reason if it is not ready; FinalError if there is nothing to plan with.
 */
export async function planSwitchoverFor(desk: Desk, deploymentId: string, timeoutSeconds: number): Promise<Planned<SwitchoverPlan>> {
  const { caller } = await identityOf(awsAt(desk));
  const rds = rdsAt(awsAt(desk));
  const planned = await planSwitchover(deploymentId, timeoutSeconds, {
    rds,
    records: desk.records,
    now: () => desk.clock.now(),
    isRunning: async () => true,
  });
  const refusals: Reason[] = planned.failed.length > 0 ? [{ code: "checks", checks: planned.failed }] : [];
  return confirmable(desk, randomUUID(), caller, planned, refusals);
}

type Approvable = Omit<Asked, "requestedBy" | "via" | "approved">;

function confirmable<Plan>(
  desk: Desk,
  requestId: string,
  caller: string,
  { plan, asked }: { plan: Plan; asked: Approvable },
  refusals: readonly Reason[],
): Planned<Plan> {
  const why = refusals.map((it) => words.reasonWords(it, inTerminal)).join(" ");
  if (why !== "") throw new Error(`It cannot be done: ${why} Nothing was changed.`);
  return {
    requestId,
    plan,
    async confirm() {
      const by = { requestedBy: { name: caller }, via: "terminal", approved: true } as const;
      await writeRequest(desk.records, newRequest(requestId, { ...asked, ...by }, desk.clock.now()));
      await begin(desk, asked.operation, requestId);
    },
  };
}

/** Resumes an operation that deleted green and created nothing in its place. */
export async function resume(desk: Desk, requestId: string): Promise<OperationRequest> {
  const { caller } = await identityOf(awsAt(desk));
  const request = await resumeRequest(desk.records, requestId, { name: caller }, desk.clock.now());
  await begin(desk, request.operation, requestId);
  return request;
}

/** Stops an operation before its next change, as `bluegreen-guard cancel` does. */
export async function cancel(desk: Desk, requestId: string): Promise<OperationRequest> {
  const { caller } = await identityOf(awsAt(desk));
  const cancelled = await cancelRequest(desk.records, requestId, { name: caller }, desk.clock.now());
  await wake(cancelled, createExecutions(awsAt(desk)));
  return cancelled;
}

const begin = (desk: Desk, operation: OperationName, requestId: string): Promise<void> =>
  deskAt({ table: NAME, bus: NAME }, awsAt(desk)).bus.request(operation, requestId);

const awsAt = ({ url }: Desk): AwsOptions => ({
  endpoint: url,
  region: REGION,
  credentials: { accessKeyId: "lab", secretAccessKey: "lab" },
});
