import {
  CreateBlueGreenDeploymentCommand,
  DeleteBlueGreenDeploymentCommand,
  RDSClient,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { createLabRds, type LabEnvelope, type LabRds } from "../../../lab/rds/rds.ts";
import { addressOf, listenerOf, startServer } from "../../../lab/server.ts";
import { VirtualClock } from "../../../local/clock.ts";
import { createRds } from "../../../src/clients/rds/rds.ts";
import type { ApiState } from "../../support/simulation/ports.ts";

/** What happened to one deployment, as the lab's RDS told and showed it. */
export interface Recording {
  events: { at: number; envelope: LabEnvelope }[];
  /** What the API showed from a moment on. */
  states: { at: number; state: ApiState }[];
}

/** The ends that a recorded deployment can come to. */
export const ENDS = ["ready", "degraded", "switched", "cancelled", "failed", "deleted"] as const;
export type End = (typeof ENDS)[number];

const START = Date.parse("2024-02-05T06:00:00Z");
const MINUTE = 60_000;
const ID = "bgd-recorded00000001";
// Names that occur nowhere else, so that they can be replaced in all texts.
const RECORDED_NAMES = { cluster: "recordedcluster", instance: "recordedinstance", name: "recordedname", id: ID };
const Source = `arn:aws:rds:ap-northeast-1:123456789012:cluster:${RECORDED_NAMES.cluster}`;
const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };

/** Plays a deployment to its end on the lab's RDS and writes down what it said and showed. */
export async function record(end: End): Promise<Recording> {
  const clock = new VirtualClock(START);
  const recording: Recording = { events: [], states: [] };
  const rds = createLabRds({
    clock,
    async deliver(envelope) {
      recording.events.push({ at: clock.now(), envelope });
    },
  });
  const listener = listenerOf((request) => rds.fetch(request));
  const server = await startServer(0, () => ({ aws: { rds: listener }, other: listener }));
  const options = { endpoint: addressOf(server), region: "ap-northeast-1", credentials };
  const reader = createRds(options);
  const client = new RDSClient(options);
  try {
    await clock.work(async () => {
      const doings = await begin(rds, client, end);
      for (let minute = 0; minute <= 150; minute += 1) {
        await clock.until(START + minute * MINUTE);
        await doings(minute);
        const deployments = await reader.deployments();
        const state = { deployments, databases: await reader.databases(deployments) };
        if (JSON.stringify(state) !== JSON.stringify(recording.states.at(-1)?.state)) recording.states.push({ at: clock.now(), state });
      }
    });
    await rds.delivered();
  } finally {
    client.destroy();
    server.closeAllConnections();
    server.close();
  }
  return recording;
}

/** Puts blue there and creates its deployment; answers what else is to be done at which minute. */
async function begin(rds: LabRds, client: RDSClient, end: End): Promise<(minute: number) => Promise<unknown>> {
  const { cluster, instance, name } = RECORDED_NAMES;
  rds.addCluster({
    identifier: cluster,
    engine: "aurora-postgresql",
    engineVersion: "14.10",
    parameterGroup: "blue14",
    instances: [{ identifier: instance, class: "db.t4g.medium", parameterGroup: "blueinstance14" }],
  });
  rds.nextCreation = { ids: { deployment: ID } };
  if (end === "failed") rds.faults.failCreation("logical replication is off");
  if (end === "cancelled") rds.faults.cancelSwitchover("a long-running transaction");
  await client.send(new CreateBlueGreenDeploymentCommand({ BlueGreenDeploymentName: name, Source, TargetEngineVersion: "15.5" }));
  const BlueGreenDeploymentIdentifier = ID;
  return async (minute) => {
    if (minute === 60 && (end === "degraded" || end === "deleted")) rds.runDdl(cluster, "ALTER TABLE t ADD c int");
    if (minute === 70 && end === "deleted")
      await client.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier, DeleteTarget: true }));
    if (minute === 80 && (end === "switched" || end === "cancelled")) {
      await client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
    }
  };
}

/** The same happenings under other names (number `index`), `minutes` later. */
export function retold(recording: Recording, index: number, minutes: number): Recording {
  const names: [string, string][] = [
    [RECORDED_NAMES.cluster, `cluster-${index}`],
    [RECORDED_NAMES.instance, `instance-${index}`],
    [RECORDED_NAMES.name, `name-${index}`],
    [ID, `bgd-${String(index).padStart(16, "0")}`],
  ];
  const later = (text: string) => new Date(Date.parse(text) + minutes * MINUTE).toISOString();
  const renamed = names.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(recording));
  const shifted = JSON.parse(renamed.replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g, later)) as Recording;
  return {
    events: shifted.events.map((it) => ({ ...it, at: it.at + minutes * MINUTE })),
    states: shifted.states.map((it) => ({ ...it, at: it.at + minutes * MINUTE })),
  };
}
