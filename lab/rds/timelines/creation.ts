import { announce, type ControlPlane } from "../control-plane.ts";
import { createGreenEndpoints } from "../endpoints.ts";
import { follow } from "../following.ts";
import { askedGroup, createGreen, greensOf } from "../green.ts";
import { beginTask, endTasks, setMembers, type TaskName } from "../progress.ts";
import { type Deployment, type Member, primaryOf } from "../state.ts";
import type { Step } from "./timeline.ts";

const MINUTE = 60_000;

/** When a creation reaches its stations, in milliseconds since the call. */
export interface Stations {
  started: number;
  /** Green's cluster is being created; of no meaning for an RDS instance. */
  clusterCreating: number;
  clusterCreated: number;
  /** Green's writer, or the one RDS instance. */
  writerCreating: number;
  writerCreated: number;
  upgrading: number;
  /** Green's cluster has the asked parameter group. */
  clusterGroup: number;
  upgraded: number;
  /** The instances have the asked parameter group, and the readers are being created. */
  remaining: number;
  ready: number;
}

/** What a creation of any engine does to green's state; the events come from elsewhere, but for the readers' and the last one. */
export function creationSteps(
  control: ControlPlane,
  deployment: Deployment,
  at: Stations,
  options: { remainingTask: TaskName; readyOrigin: "recorded" | "lab" },
): Step[] {
  const cluster = deployment.members.find(({ source }) => source.kind === "cluster");
  const [writer, ...readers] = deployment.members.filter(({ source }) => source.kind === "db");
  const create = (member: Member | undefined) => () => member && createGreen(control, deployment, member);
  return [
    { after: at.started, run: () => setMembers(deployment, "PROVISIONING") },
    { after: at.started, run: () => beginTask(deployment, "CREATING_READ_REPLICA_OF_SOURCE") },
    { after: at.clusterCreating, run: create(cluster) },
    { after: at.clusterCreated, run: () => setStatus([cluster], "available") },
    { after: at.writerCreating, run: create(writer) },
    { after: at.writerCreated, run: () => setStatus([writer], "available") },
    ...(deployment.request.TargetEngineVersion === undefined ? [] : upgradeSteps(deployment, at, [cluster, writer])),
    { after: at.clusterGroup, run: () => adoptGroup(deployment, cluster) },
    { after: at.remaining, run: () => adoptGroup(deployment, writer) },
    { after: at.remaining, run: () => beginTask(deployment, options.remainingTask) },
    ...readers.map((reader) => ({ after: at.remaining, run: create(reader) })),
    ...readers.map((reader, index) => readerCreated(control, reader, at, (index + 1) / (readers.length + 1))),
    ...(deployment.endpoints.length > 0 ? endpointSteps(control, deployment, at, readers.length) : []),
    { after: at.ready, run: () => becomeReady(control, deployment, options.readyOrigin) },
  ];
}

function upgradeSteps(deployment: Deployment, at: Stations, members: readonly (Member | undefined)[]): Step[] {
  return [
    { after: at.upgrading, run: () => beginTask(deployment, "DB_ENGINE_VERSION_UPGRADE") },
    { after: at.upgrading, run: () => setStatus(members, "upgrading") },
    { after: at.upgraded, run: () => upgradeGreen(deployment) },
    { after: at.upgraded, run: () => setStatus(members, "available") },
  ];
}

/** Readers come one after the other, each after a `part` of the time that is left. */
function readerCreated(control: ControlPlane, reader: Member, at: Stations, part: number): Step {
  const run = (): void => {
    setStatus([reader], "available");
    if (reader.target) announce(control, reader.target, "DB instance created");
  };
  return { after: Math.floor(at.remaining + (at.ready - at.remaining) * part) - 211, run };
}

/** Custom endpoints come last, in the middle of the time that is left after the last reader; the times are the lab's. */
function endpointSteps(control: ControlPlane, deployment: Deployment, at: Stations, readers: number): Step[] {
  const begin = Math.floor(at.ready - (at.ready - at.remaining) / (readers + 1) / 2);
  return [
    { after: begin, run: () => beginTask(deployment, "CREATE_CUSTOM_ENDPOINTS") },
    { after: Math.floor((begin + at.ready) / 2), run: () => createGreenEndpoints(control, deployment) },
  ];
}

function becomeReady(control: ControlPlane, deployment: Deployment, origin: "recorded" | "lab"): void {
  for (const member of deployment.members) adoptGroup(deployment, member);
  upgradeGreen(deployment);
  endTasks(deployment, "COMPLETED");
  setMembers(deployment, "AVAILABLE");
  deployment.status = "AVAILABLE";
  follow(control, deployment);
  announce(control, deployment, READY, origin);
}

function adoptGroup(deployment: Deployment, member: Member | undefined): void {
  if (member?.target) member.target.parameterGroup = askedGroup(deployment, member.source);
}

/** Text of RDS-EVENT-0244. */
const READY =
  "Blue/green deployment tasks completed. You can make more modifications to the green environment databases or switch over the deployment.";

/** A step that says something about green, once it exists. */
export function says(control: ControlPlane, after: number, member: Member | undefined, message: () => string): Step {
  return { after, run: () => member?.target && announce(control, member.target, message()) };
}

/** The steps of a creation that takes `minutes` in all; if it takes longer, the seconds within a minute stay as they are. */
export function stretched(steps: readonly Step[], minutes: number): Step[] {
  const total = Math.floor(Math.max(...steps.map(({ after }) => after)) / MINUTE);
  const scale = minutes / total;
  const moved = (after: number): number => {
    const seconds = after % MINUTE;
    return scale < 1 ? after * scale : (after - seconds) * scale + seconds;
  };
  return steps.map((step) => ({ ...step, after: Math.round(moved(step.after)) }));
}

function upgradeGreen(deployment: Deployment): void {
  const version = deployment.request.TargetEngineVersion ?? primaryOf(deployment).source.engineVersion;
  for (const green of greensOf(deployment)) green.engineVersion = version;
}

function setStatus(members: readonly (Member | undefined)[], status: string): void {
  for (const member of members) if (member?.target) member.target.status = status;
}
