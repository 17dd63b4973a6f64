import type { Tag } from "@aws-sdk/client-rds";
import { expect, onTestFinished } from "vitest";
import type { LabOptions } from "../../../lab/lab-options.ts";
import { BUS_SOURCE, REQUESTED } from "../../../src/clients/bus.ts";
import { type BlueItem, blueKey } from "../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { addCluster, create, MINUTE, pass } from "../handlers/sweeping.ts";
import { heading, isDetails, openTestLab, type TestLab } from "../lab/stage.ts";
import { portsOf } from "./recreating.ts";

/** A lab with the whole guard in it, and what is kept of its operations. */
export interface Guarded extends TestLab {
  ports: ReturnType<typeof portsOf>;
  /** Runs what happens in this test; time passes only where it waits. */
  play(scene: () => Promise<void>): Promise<void>;
  /** Creates the deployment of the cluster (`orders` if left out; created if missing), and waits until it is ready; returns its id. */
  ready(options?: { cluster?: string; name?: string; tags?: Tag[] }): Promise<string>;
  /** Puts a request's id on the bus, as anyone with write access can. */
  ask(requestId: string): void;
  /** The ids that were put on the bus as requests, each once. */
  requested(): string[];
  request(id?: string): Promise<OperationRequest | undefined>;
  blue(request?: OperationRequest): Promise<BlueItem | undefined>;
  /** Waits until the condition holds, checking once a minute of the lab's time; fails after `minutes`. */
  until(what: string, isSo: () => boolean | Promise<boolean>, minutes?: number): Promise<void>;
  /** Waits until the request has ended, and returns it. */
  ended(id?: string, minutes?: number): Promise<OperationRequest>;
  /** The headings of all threads, in the order of posting. */
  thread(): string[];
}

const SWEEP_EVERY = 5 * MINUTE;

/** Opens a lab whose guard sweeps every five minutes, and whose RDS takes a minute for an hour's work; it ends with the test. */
export async function openGuarded(policy: LabOptions["policy"] = {}, options: Partial<LabOptions> = {}): Promise<Guarded> {
  const lab = await openTestLab({ policy, ...options });
  onTestFinished(() => lab.close());
  lab.rds.hasten(60);
  const ports = portsOf(lab);
  const requested = () => {
    const asked = lab.bus.events.filter((event) => event["detail-type"] === REQUESTED.recreate);
    return [...new Set(asked.map(({ detail }) => String(detail["requestId"])))];
  };
  const request = (id = requested().at(-1) ?? "") => ports.records.read<OperationRequest>(requestKey(id));
  async function until(what: string, isSo: () => boolean | Promise<boolean>, minutes = 240): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      if (await isSo()) return;
      await pass(lab, MINUTE);
    }
    throw new Error(`It was not so within ${minutes} minutes: ${what}.`);
  }
  return {
    ...lab,
    ports,
    requested,
    request,
    until,
    play: (scene) => playing(lab, scene),
    async ready({ cluster = "orders", ...options } = {}) {
      if (!lab.rds.acceptsWrites(cluster)) addCluster(lab, cluster);
      const id = await create(lab, cluster, options);
      await until("the deployment is ready", async () => (await ports.rds.deployment(id))?.status === "AVAILABLE");
      await pass(lab, MINUTE);
      return id;
    },
    ask: (requestId) => void lab.bus.put({ Source: BUS_SOURCE, DetailType: REQUESTED.recreate, Detail: JSON.stringify({ requestId }) }),
    blue: async (of) => ports.records.read<BlueItem>(blueKey((of ?? (await request()))?.blue ?? "")),
    async ended(id, minutes) {
      await until("the request has ended", async () => (await request(id))?.outcome !== undefined, minutes);
      const found = await request(id);
      if (!found) throw new Error("The request is gone.");
      return found;
    },
    thread: () => lab.slack.messages.filter((it) => it.threadTs !== undefined && !isDetails(it)).map(heading),
  };
}

async function playing(lab: TestLab, scene: () => Promise<void>): Promise<void> {
  let going = true;
  const sweeping = lab.clock.work(async () => {
    while (going) {
      await pass(lab, SWEEP_EVERY);
      if (going) await lab.sweep().catch((error: Error) => lab.logged.push({ message: error.message, details: {} }));
    }
  });
  try {
    await lab.clock.work(scene);
  } finally {
    going = false;
    await sweeping;
  }
  expect(changes(lab).filter((change) => !MAY_CHANGE.test(change))).toEqual([]);
  expect(JSON.stringify([lab.logged, lab.bus.events])).not.toContain(SLACK_TOKEN);
}

// What the guard may change in RDS, whatever happens to it: green's deletion protection is turned off, and never blue's.
const MAY_CHANGE =
  /^(CreateBlueGreenDeployment|DeleteBlueGreenDeployment DeleteTarget=true|ModifyDB(Cluster|Instance) \S+-green-[a-z0-9]{6} DeletionProtection=false)$/;
const SLACK_TOKEN = "xoxb-lab";

/** Every call so far that was meant to change something, with what decides whether it may. */
export function changes({ rds }: TestLab): string[] {
  const asked = rds.calls.filter(({ action }) => !action.startsWith("Describe"));
  return asked.map(({ action, parameters: { DeleteTarget, DeletionProtection, DBClusterIdentifier, DBInstanceIdentifier } }) =>
    [
      action,
      DBClusterIdentifier ?? DBInstanceIdentifier,
      DeleteTarget && `DeleteTarget=${DeleteTarget}`,
      DeletionProtection && `DeletionProtection=${DeletionProtection}`,
    ]
      .filter(Boolean)
      .join(" "),
  );
}
