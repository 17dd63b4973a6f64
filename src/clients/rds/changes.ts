import {
  CreateBlueGreenDeploymentCommand,
  DeleteBlueGreenDeploymentCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import type { RdsName } from "../../deployments/arn.ts";
import type { CreateInput } from "../../plans/spec/input.ts";
import { type AwsOptions, awsClient } from "../aws.ts";

/** Everything that the guard ever changes in RDS, for recreations and switchovers. Every call throws the SDK's error if RDS refuses it. */
export interface RdsChanges {
  /** Turns off deletion protection of the cluster or instance. */
  unprotect(database: RdsName): Promise<void>;
  /** Deletes the deployment together with everything green. */
  deleteWithGreen(id: string): Promise<void>;
  /** Creates a deployment; returns its id. */
  create(input: CreateInput): Promise<string>;
  /** Switches the deployment over; resolves once RDS has started. */
  switchOver(id: string, timeoutSeconds: number): Promise<void>;
}

/** Creates the client. It never retries: the caller must first find out what became of the last attempt. */
export function createRdsChanges(options: AwsOptions = {}): RdsChanges {
  const client = awsClient(RDSClient, { ...options, maxAttempts: 1 });
  return {
    async unprotect({ kind, name }) {
      const off = { DeletionProtection: false, ApplyImmediately: true };
      if (kind === "cluster") await client.send(new ModifyDBClusterCommand({ DBClusterIdentifier: name, ...off }));
      else await client.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: name, ...off }));
    },
    async deleteWithGreen(BlueGreenDeploymentIdentifier) {
      await client.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier, DeleteTarget: true }));
    },
    async create(input) {
      const { BlueGreenDeployment } = await client.send(new CreateBlueGreenDeploymentCommand(input));
      return BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
    },
    async switchOver(BlueGreenDeploymentIdentifier, SwitchoverTimeout) {
      await client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier, SwitchoverTimeout }));
    },
  };
}
