import { randomUUID } from "node:crypto";
import { FinalError } from "../../../src/operations/recreate-ports.ts";
import { newRequest, type OperationRequest } from "../../../src/operations/request.ts";
import { openRequests, writeRequest } from "../../../src/operations/requests.ts";
import { planSwitchover } from "../../../src/operations/switchover-plan.ts";
import { type AskedCommand, accepted, followRunning, others, REFUSED, refuse, requesterOf } from "./asked.ts";
import { degradationIn } from "./degradation.ts";
import { findDeployment, NotFoundError } from "./find.ts";
import { type Ended, follow } from "./follow.ts";
import { switchoverText } from "./plan-text.ts";

/** What `switchover` works with. */
export interface SwitchoverCommand extends AskedCommand {
  /** Seconds that RDS is given. */
  timeoutSeconds: number;
}

/** Goes on with the switchover that is under way, or shows whether the deployment is ready, asks, has it switched over, and reports. */
export async function switchDeploymentOver(command: SwitchoverCommand): Promise<Ended> {
  const { typed, place, guard, terminal } = command;
  const requests = await openRequests(guard.records);
  const running = await followRunning("switchover", requests, command);
  if (running) return running;
  const found = findDeployment(await place.rds.deployments(), typed);
  if (found instanceof NotFoundError) return refuse(terminal, [place.words, guard.words, "", found.message].join("\n"));
  return planned(command, found.id, requests);
}

async function planned(command: SwitchoverCommand, id: string, requests: readonly OperationRequest[]): Promise<Ended> {
  const { place, guard, terminal, timeoutSeconds } = command;
  const requestId = randomUUID();
  try {
    const { plan, asked, refusal } = await planSwitchover(id, timeoutSeconds, {
      rds: place.rds,
      records: guard.records,
      degradation: (deployment) => degradationIn(place, deployment),
      isRunning: (execution) => guard.isRunning(execution),
    });
    terminal.say([switchoverText(plan, place.words, guard), ...others(command, requests), ""].join("\n"));
    terminal.tell({ plan });
    if (refusal !== undefined) return refuse(terminal, "It is not ready: see what FAILs. Nothing was changed.");
    if (!(await accepted(command))) return REFUSED;
    const by = { requestedBy: requesterOf(place), via: "terminal" as const, approved: true };
    await writeRequest(guard.records, newRequest(requestId, { ...asked, ...by }, place.now()));
  } catch (error) {
    if (error instanceof FinalError)
      return refuse(terminal, `${place.words}\n${guard.words}\n\nIt cannot be planned: ${error.message} Nothing was changed.`);
    throw error;
  }
  await guard.begin("switchover", requestId);
  return follow(requestId, guard, place, terminal);
}
