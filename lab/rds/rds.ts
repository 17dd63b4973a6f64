import type { Clock } from "../../local/clock.ts";
import type { ControlPlane, NextCreation, NextSwitchover } from "./control-plane.ts";
import { engineVersions } from "./describe/engine-versions.ts";
import { EventLog, type LabEnvelope, type LabEvent } from "./events.ts";
import { Faults } from "./faults.ts";
import { arnsOf, createIdentifiers, type Identifiers, type Random } from "./identifiers.ts";
import { lagAt } from "./lag.ts";
import { type Levers, leversOf } from "./levers.ts";
import { ParameterGroups } from "./parameter-groups.ts";
import { Past } from "./past.ts";
import { type LabCall, serve } from "./serve.ts";
import { Store } from "./store.ts";

export type { Change } from "./change/change.ts";
export type { NextCreation, NextSwitchover } from "./control-plane.ts";
export type { EventSourceType } from "./event-ids.ts";
export type { LabEnvelope, LabEvent, NewEvent } from "./events.ts";
export type { Aim, Faults } from "./faults.ts";
export type { ClusterSeed, InstanceSeed } from "./seed.ts";
export type { GivenDatabases } from "./seed-databases.ts";
export type { LabCall } from "./serve.ts";

/** Options for the lab's RDS. */
export interface LabRdsOptions {
  clock: Clock;
  /** ap-northeast-1 if left out. */
  region?: string;
  /** 123456789012 if left out. */
  account?: string;
  /** Receives every event in its envelope, one after the other. */
  deliver: (envelope: LabEnvelope) => Promise<void>;
  /** The source of generated ids; Math.random if left out. */
  random?: Random;
  /** Makes the ids; drawn from `random` if left out. */
  identifiers?: Identifiers;
  /** Receives the error of a task that nobody waits for; if left out, the error ends the process. */
  onError?: (error: unknown) => void;
}

/** A make-believe Amazon RDS: the API of blue/green deployments, and levers that no API has. */
export interface LabRds extends Levers {
  /** Answers a call of the AWS Query protocol. */
  fetch(request: Request): Promise<Response>;
  /** The parameter groups; those that a database or a creation names exist. */
  readonly parameterGroups: ParameterGroups;
  /** The versions that RDS lists, by engine; a removed version is no longer an upgrade target. */
  readonly engineVersions: Map<string, Set<string>>;
  /** Whether an application could write through that cluster's or instance's endpoint now; false if it does not exist. */
  acceptsWrites(databaseIdentifier: string): boolean;
  /** What CloudWatch has of an instance's metric in the minute that begins at `at`: how far a green lags. Undefined for no value. */
  lagAt(metric: string, instance: string, at: number): number | undefined;
  /** Resolves once every event so far, and those that come meanwhile, have been passed to `deliver`. */
  delivered(): Promise<void>;
  readonly faults: Faults;
  /** All events so far, in publishing order. */
  readonly history: readonly LabEvent[];
  /** All calls so far. */
  readonly calls: readonly LabCall[];
  /** How the next creation goes; used up by it. */
  nextCreation: NextCreation | undefined;
  /** How the next switchover goes; used up by it. */
  nextSwitchover: NextSwitchover | undefined;
  /**
   * By how many milliseconds of the lab's clock, 0 to 60,000, an answer about deployments, clusters or instances may lag behind a change: each
   * call by its own chance. 0 unless set.
   */
  staleness: number;
  /** Creates, switches over and deletes this many times as fast as recorded from now on; the clock keeps its own speed. */
  hasten(times: number): void;
}

/** Creates an empty RDS; add databases with addCluster and addInstance. */
export function createLabRds(options: LabRdsOptions): LabRds {
  const control = createControlPlane(options);
  const calls: LabCall[] = [];
  return {
    fetch: (request) => serve(control, calls, request),
    ...leversOf(control),
    parameterGroups: control.parameterGroups,
    engineVersions: control.engineVersions,
    acceptsWrites: (name) => (control.store.cluster(name) ?? control.store.instance(name))?.acceptsWrites ?? false,
    lagAt: (metric, instance, at) => lagAt(control, metric, instance, at),
    delivered: () => control.events.delivered(),
    faults: control.faults,
    history: control.events.history,
    hasten(times) {
      control.haste = times;
    },
    calls,
    get nextCreation() {
      return control.nextCreation;
    },
    set nextCreation(next) {
      control.nextCreation = next;
    },
    get nextSwitchover() {
      return control.nextSwitchover;
    },
    set nextSwitchover(next) {
      control.nextSwitchover = next;
    },
    get staleness() {
      return control.past.staleness;
    },
    set staleness(milliseconds) {
      control.past.staleness = milliseconds;
    },
  };
}

function createControlPlane({
  clock,
  deliver,
  region = "ap-northeast-1",
  account = "123456789012",
  random = Math.random,
  identifiers = createIdentifiers(random),
  onError = endProcess,
}: LabRdsOptions): ControlPlane {
  const store = new Store();
  const arnOf = arnsOf(region, account);
  return {
    clock,
    region,
    arnOf,
    identifiers,
    endpointHash: identifiers.endpointHash(),
    store,
    past: new Past({ clock, store, random }),
    parameterGroups: new ParameterGroups(),
    engineVersions: engineVersions(),
    events: new EventLog({ clock, region, account, arnOf, identifiers, store, deliver, onError }),
    faults: new Faults(),
    creations: 0,
    haste: 1,
    run: (task) => void clock.work(task).catch(onError),
  };
}

/** Thrown outside of any promise, an error ends the process unless the program catches uncaught exceptions. */
function endProcess(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
