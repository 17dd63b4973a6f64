import type { CreateBlueGreenDeploymentRequest, CreateBlueGreenDeploymentResponse } from "@aws-sdk/client-rds";
import { announce, type ControlPlane } from "../control-plane.ts";
import { deploymentView } from "../describe/views.ts";
import { endpointPairs } from "../endpoints.ts";
import { endTasks } from "../progress.ts";
import type { Database, Deployment, Member } from "../state.ts";
import { stretched } from "../timelines/creation.ts";
import { timelineFor, timelineOf } from "../timelines/index.ts";
import { play, type Step } from "../timelines/timeline.ts";
import { acceptedSource, askedGroups } from "./create-checks.ts";

/** CreateBlueGreenDeployment: returns immediately with status PROVISIONING; the engine's timeline does the rest. */
export function createDeployment(control: ControlPlane, request: CreateBlueGreenDeploymentRequest): CreateBlueGreenDeploymentResponse {
  const source = acceptedSource(control, request);
  const plan = control.nextCreation ?? {};
  control.nextCreation = undefined;
  control.creations += 1;
  const version = request.TargetEngineVersion ?? source.engineVersion;
  for (const { kind, name } of askedGroups(request)) control.parameterGroups.named(kind, name, source.engine, version);
  const deployment = newDeployment(control, request, source, plan.ids);
  control.store.deployments.push(deployment);
  const answer = { BlueGreenDeployment: deploymentView(control, deployment) };
  const steps = timelineFor(deployment).creation(control, deployment);
  const timed = plan.minutes === undefined ? steps : stretched(steps, plan.minutes);
  play(control, withFault(control, deployment, timed), () => deployment.status === "PROVISIONING");
  return answer;
}

function newDeployment(
  control: ControlPlane,
  request: CreateBlueGreenDeploymentRequest,
  source: Database,
  ids: { deployment?: string; suffixes?: Record<string, string> } = {},
): Deployment {
  const databases = [source, ...(source.kind === "cluster" ? control.store.instancesOf(source) : control.store.replicasOf(source))];
  const timeline = timelineOf(source.engine);
  const upgrades = request.TargetEngineVersion !== undefined;
  const members = databases.map((database): Member => {
    const suffix = ids.suffixes?.[database.identifier] ?? control.identifiers.greenSuffix();
    return { source: database, greenName: `${database.identifier}-green-${suffix}`, status: timeline?.firstMemberStatus };
  });
  const endpoints = source.kind === "cluster" ? endpointPairs(control, source, ids.suffixes ?? {}) : [];
  const tasks = [
    ...(timeline?.tasks({ upgrades, members: members.length }) ?? []),
    ...(endpoints.length > 0 ? (["CREATE_CUSTOM_ENDPOINTS"] as const) : []),
  ];
  return {
    identifier: ids.deployment ?? control.identifiers.deployment(),
    name: request.BlueGreenDeploymentName ?? "",
    createdAt: control.clock.now(),
    status: "PROVISIONING",
    tasks: tasks.map((Name) => ({ Name, Status: "PENDING" })),
    members,
    endpoints,
    tags: Object.fromEntries((request.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
    request,
  };
}

/** A creation that is set to fail goes well for three fifths of its time. */
function withFault(control: ControlPlane, deployment: Deployment, steps: readonly Step[]): readonly Step[] {
  const fault = control.faults.takeCreation();
  if (fault === undefined) return steps;
  const end = Math.round(Math.max(...steps.map(({ after }) => after)) * 0.6);
  const before = steps.filter(({ after }) => after < end);
  return fault.kind === "stuck" ? before : [...before, { after: end, run: () => fail(control, deployment, fault.reason) }];
}

/** Whether AWS leaves the deployment behind, and in which status, is not documented; this lab does, as INVALID_CONFIGURATION. */
function fail(control: ControlPlane, deployment: Deployment, reason: string): void {
  endTasks(deployment, "FAILED");
  deployment.status = "INVALID_CONFIGURATION";
  deployment.statusDetails = reason.replace(/^of /, "");
  announce(control, deployment, `Creation of blue/green deployment failed because ${reason}.`);
}
