import { findDeployment, isNotFound } from "../../../src/deployments/find-deployment.ts";
import { say } from "../../../src/messages/form.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import type { OperationRequest } from "../../../src/operations/request.ts";
import { openRequests } from "../../../src/operations/requests.ts";
import { switchover } from "../../../src/operations/switchover/operation.ts";
import { planSwitchover } from "../../../src/operations/switchover/plan.ts";
import { type AskedCommand, ask, followRunning, refuse } from "./asked.ts";
import type { Ended } from "./follow.ts";
import { switchoverText } from "./plan-text.ts";

/** Follows the switchover that is under way; otherwise shows whether the deployment is ready, asks, switches it over, and reports. */
export async function switchDeploymentOver(command: AskedCommand): Promise<Ended> {
  const { typed, place, guard, terminal } = command;
  const requests = await openRequests(guard.records);
  const running = await followRunning("switchover", requests, command);
  if (running) return running;
  const found = findDeployment(await place.rds.deployments(), typed);
  if (isNotFound(found)) return refuse(terminal, [place.words, guard.words, "", say(words.NOT_FOUND, found, inTerminal)].join("\n"));
  return planned(command, found.id, requests);
}

function planned(command: AskedCommand, id: string, requests: readonly OperationRequest[]): Promise<Ended> {
  const { place, guard, timeoutSeconds = switchover.timeout.leftOut } = command;
  const ports = {
    rds: place.rds,
    metrics: place.metrics,
    records: guard.records,
    now: place.now,
    isRunning: guard.isRunning,
  };
  return ask(command, requests, async () => {
    const { plan, standing, asked, failed } = await planSwitchover(id, timeoutSeconds, ports);
    return {
      text: switchoverText(plan, standing, place.words, guard),
      plan,
      asked,
      ...(failed.length > 0 && { refusal: words.PLAN_NOTES["not-ready"] }),
    };
  });
}
