import type { BlueGreenDeployment } from "@aws-sdk/client-rds";
import { type Change, change } from "./change/change.ts";
import type { ControlPlane } from "./control-plane.ts";
import { type Noticed, runDdl } from "./ddl.ts";
import type { NewEvent } from "./events.ts";
import { deleteGreenInstance, invalidate, removeDatabase, resumeReplication, stopReplication } from "./mishaps.ts";
import { addCluster, addInstance, type ClusterSeed, type InstanceSeed } from "./seed.ts";
import { addDatabases, type GivenDatabases } from "./seed-databases.ts";
import { addDeployment, changeDeployment } from "./seed-deployment.ts";
import type { BrokenReplication } from "./state.ts";
import { optimizeStorage, type StorageStatus } from "./storage.ts";

/** What no API can do: databases from before the story, things that only AWS does, and mishaps. */
export interface Levers {
  addCluster(seed: ClusterSeed): void;
  addInstance(seed: InstanceSeed): void;
  /** Adds databases as the API will return them; they stay as they are. */
  addDatabases(given: GivenDatabases): void;
  /** Adds a deployment as DescribeBlueGreenDeployments will return it; it stays as it is. */
  addDeployment(given: BlueGreenDeployment): void;
  /** Changes what DescribeBlueGreenDeployments returns of an added deployment, which it no longer lists if there are no `fields`. */
  changeDeployment(identifier: string, fields: Partial<BlueGreenDeployment> | undefined): void;
  /** Changes a cluster or an instance by hand, or what the API shows of it. */
  change(identifier: string, fields: Change): void;
  /** A cluster with its instances, or an instance, is gone, and no event says so; its pair is MISSING_SOURCE or MISSING_TARGET. */
  removeDatabase(identifier: string): void;
  /** Publishes any RDS event, as if RDS had sent it. */
  record(event: NewEvent): void;
  /** Somebody ran a statement on that cluster or instance; returns the ids of the deployments it degraded. */
  runDdl(databaseIdentifier: string, statement: string, noticed?: Noticed): string[];
  /** Somebody deletes an instance of green by hand; its pair is MISSING_TARGET, and no event of the deployment says so. */
  deleteGreenInstance(identifier: string): void;
  /** RDS finds a deployment's green invalid: INVALID_CONFIGURATION with `details`, and no event says so. */
  invalidate(deploymentIdentifier: string, details: string): void;
  /** Green stops following blue, `stopped` if left out, or follows it again; events of green's writer say so, and of RDS instances the API. */
  stopReplication(deploymentIdentifier: string, broken?: BrokenReplication): void;
  resumeReplication(deploymentIdentifier: string): void;
  /** An RDS instance works on its storage for so many minutes, `storage-optimization` if left out, and is available again then. */
  optimizeStorage(identifier: string, minutes: number, status?: StorageStatus): void;
}

/** The levers of one lab. */
export function leversOf(control: ControlPlane): Levers {
  return {
    addCluster: lever(control, addCluster),
    addInstance: lever(control, addInstance),
    addDatabases: lever(control, addDatabases),
    addDeployment: lever(control, addDeployment),
    changeDeployment: lever(control, changeDeployment),
    change: lever(control, change),
    removeDatabase: lever(control, removeDatabase),
    record: (event) => control.events.record(event),
    runDdl: lever(control, runDdl),
    deleteGreenInstance: lever(control, deleteGreenInstance),
    invalidate: lever(control, invalidate),
    stopReplication: lever(control, stopReplication),
    resumeReplication: lever(control, resumeReplication),
    optimizeStorage: lever(control, optimizeStorage),
  };
}

function lever<Arguments extends unknown[], Result>(
  control: ControlPlane,
  pull: (control: ControlPlane, ...given: Arguments) => Result,
): (...given: Arguments) => Result {
  return (...given) => {
    control.past.keep();
    return pull(control, ...given);
  };
}
