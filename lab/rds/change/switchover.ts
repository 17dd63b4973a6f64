import {
  InvalidBlueGreenDeploymentStateFault$,
  type SwitchoverBlueGreenDeploymentRequest,
  type SwitchoverBlueGreenDeploymentResponse,
} from "@aws-sdk/client-rds";
import { announce, type ControlPlane, type NextSwitchover } from "../control-plane.ts";
import { findUnseenDdl } from "../ddl.ts";
import { existingDeployment } from "../describe/describe.ts";
import { deploymentView } from "../describe/views.ts";
import { fault, invalidValue } from "../errors.ts";
import { greensOf } from "../green.ts";
import { setMembers } from "../progress.ts";
import { type Deployment, primaryOf } from "../state.ts";
import { timelineFor } from "../timelines/index.ts";
import { play, type Step } from "../timelines/timeline.ts";
import { SEQUENCES_FAIL, switchoverSteps } from "./switchover-steps.ts";

const DEFAULT_TIMEOUT = 300;
/** When the guardrails have spoken, in milliseconds since the call. */
const GUARDRAILS = 9_437;
/** When a switchover that is set to fail does so: after writes were refused, before anything is renamed. */
const FAILS = 61_213;

/** SwitchoverBlueGreenDeployment: an answer means accepted, not done. */
export function switchDeployment(
  control: ControlPlane,
  { BlueGreenDeploymentIdentifier, SwitchoverTimeout = DEFAULT_TIMEOUT }: SwitchoverBlueGreenDeploymentRequest,
): SwitchoverBlueGreenDeploymentResponse {
  const deployment = existingDeployment(control, BlueGreenDeploymentIdentifier);
  if (SwitchoverTimeout < 30 || SwitchoverTimeout > 3600) {
    throw invalidValue(`Invalid value ${SwitchoverTimeout} for SwitchoverTimeout. Must be between 30 and 3600`);
  }
  checkReady(deployment);
  const plan = control.nextSwitchover ?? {};
  control.nextSwitchover = undefined;
  deployment.status = "SWITCHOVER_IN_PROGRESS";
  const answer = { BlueGreenDeployment: deploymentView(control, deployment) };
  play(control, plannedSteps(control, deployment, plan, SwitchoverTimeout * 1_000), () => deployment.status === "SWITCHOVER_IN_PROGRESS");
  return answer;
}

function checkReady(deployment: Deployment): void {
  if (deployment.status !== "AVAILABLE" && deployment.status !== "SWITCHOVER_FAILED") {
    throw fault(
      InvalidBlueGreenDeploymentStateFault$,
      `Blue/green deployment ${deployment.identifier} can't be switched over because its status is ${deployment.status}.`,
    );
  }
  if (deployment.members.some(({ switched }) => switched)) {
    throw fault(
      InvalidBlueGreenDeploymentStateFault$,
      `Blue/green deployment ${deployment.identifier} can't be switched over because it was switched over in part.`,
    );
  }
  const busy = [...deployment.members.map(({ source }) => source), ...greensOf(deployment)].find(({ status }) => status !== "available");
  if (busy) {
    const kind = busy.kind === "cluster" ? "DB cluster" : "DB instance";
    throw fault(InvalidBlueGreenDeploymentStateFault$, `${kind} ${busy.identifier} is not in available state`);
  }
}

/** All steps, or those before the guardrails or the timeout and then the rollback. */
function plannedSteps(control: ControlPlane, deployment: Deployment, plan: NextSwitchover, timeout: number): Step[] {
  const { steps, done } = switchoverSteps(control, deployment, plan);
  const told = control.faults.takeSwitchover();
  if (told?.kind === "fail") return failing(deployment, steps, told.reason);
  if (told?.kind === "sequences") return cutOff(control, deployment, steps, SEQUENCES_FAIL, sequencesText(deployment));
  const message = told === undefined ? guardrailText(deployment) : canceledText(deployment, told.reason);
  if (message !== undefined) return cutOff(control, deployment, steps, GUARDRAILS, message);
  if (timeout >= done) return steps;
  const late = canceledText(deployment, `the switchover timeout of ${timeout / 1_000} seconds being exceeded`);
  return cutOff(control, deployment, steps, timeout, late);
}

/** What AWS leaves behind is not documented; this lab rolls back as after a cancellation, except for the status. */
function failing(deployment: Deployment, steps: readonly Step[], reason: string): Step[] {
  const fail = () => {
    for (const { source } of deployment.members) source.acceptsWrites = source.kind === "cluster" || source.writer;
    setMembers(deployment, "SWITCHOVER_FAILED");
    deployment.status = "SWITCHOVER_FAILED";
    deployment.statusDetails = reason;
  };
  return [...steps.filter(({ after }) => after < FAILS), { after: FAILS, run: fail }];
}

/** Nothing was renamed before `at`, so going back is to accept writes on blue again. */
function cutOff(control: ControlPlane, deployment: Deployment, steps: readonly Step[], at: number, message: string): Step[] {
  const { about } = timelineFor(deployment).switchoverWords(deployment);
  const speaker = deployment.members.find(({ source }) => source.kind === about) ?? primaryOf(deployment);
  return [
    ...steps.filter(({ after }) => after < at),
    { after: at, run: () => findUnseenDdl(control, deployment) },
    { after: at, run: () => announce(control, speaker.source, message) },
    { after: at + 4_465, run: () => rollBack(control, deployment) },
  ];
}

function rollBack(control: ControlPlane, deployment: Deployment): void {
  for (const { source } of deployment.members) source.acceptsWrites = source.kind === "cluster" || source.writer;
  setMembers(deployment, "AVAILABLE");
  deployment.status = "AVAILABLE";
  // The name at the end is in the recorded texts of 0247 and 0248; that 0249 has it too is inferred.
  announce(control, deployment, `Switchover canceled on blue/green deployment ${deployment.name}.`);
}

/** What the guardrails find. Source: RDS User Guide, blue-green-deployments-switching, "Switchover guardrails"; the reason's words are the lab's. */
function guardrailText(deployment: Deployment): string | undefined {
  const { greenName } = primaryOf(deployment);
  return deployment.replication
    ? canceledText(deployment, `unhealthy replication: ${greenName} does not follow`)
    : degradedText(deployment);
}

function canceledText(deployment: Deployment, reason: string): string {
  const { source, greenName } = primaryOf(deployment);
  return timelineFor(deployment).switchoverWords(deployment).canceled(source.identifier, greenName, reason);
}

function sequencesText(deployment: Deployment): string {
  const { source, greenName } = primaryOf(deployment);
  const sync = timelineFor(deployment).switchoverWords(deployment).sequenceSync?.(source.identifier, greenName);
  if (!sync) throw new Error(`RDS synchronises no sequences of ${source.engine}: let another switchover fail so.`);
  return sync.failed;
}

/**
 * AWS's own words for DDL that broke the replication. Source: AWS re:Post knowledge centre, rds-aurora-postgresql-blue-green-deployments.
 */
function degradedText(deployment: Deployment): string | undefined {
  if (deployment.degradedBy === undefined) return undefined;
  const { source, greenName } = primaryOf(deployment);
  const [kind, target] = source.kind === "cluster" ? ["DB cluster", "cluster"] : ["primary", "DB instance"];
  return (
    `Switchover from ${kind} ${source.identifier} to ${greenName} was cancelled because there are DDL or Large Object changes on ` +
    `${source.identifier} that can't be replicated. Delete the blue/green deployment along with the target ${target}, then re-create it.`
  );
}
