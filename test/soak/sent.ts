import type { RDSClient } from "@aws-sdk/client-rds";
import { createRdsChanges, type RdsChanges } from "../../src/clients/rds/changes.ts";
import type { CreateInput } from "../../src/plans/spec/input.ts";

type Input = Record<string, unknown>;

/** The changes as the guard's own client makes them, over `changes` in the place of RDS; `hear` hears of every command that is sent. */
export function sentChanges(changes: RdsChanges, hear: (command: string, input: Input) => void): RdsChanges {
  const answer = async (command: string, input: Input): Promise<object> => {
    const text = (name: string) => String(input[name]);
    switch (command) {
      case "ModifyDBClusterCommand":
        await changes.unprotect({ kind: "cluster", name: text("DBClusterIdentifier") });
        return {};
      case "ModifyDBInstanceCommand":
        await changes.unprotect({ kind: "db", name: text("DBInstanceIdentifier") });
        return {};
      case "DeleteBlueGreenDeploymentCommand":
        await changes.deleteWithGreen(text("BlueGreenDeploymentIdentifier"));
        return {};
      case "CreateBlueGreenDeploymentCommand":
        return { BlueGreenDeployment: { BlueGreenDeploymentIdentifier: await changes.create(input as unknown as CreateInput) } };
      case "SwitchoverBlueGreenDeploymentCommand":
        await changes.switchOver(text("BlueGreenDeploymentIdentifier"), Number(input["SwitchoverTimeout"]));
        return {};
      default:
        throw Object.assign(new Error(`${command} is not played.`), { name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
    }
  };
  const equip = <Client>(client: Client): Client => {
    const { middlewareStack } = client as RDSClient;
    middlewareStack.add(
      (_next, { commandName = "" }) =>
        async ({ input }) => {
          hear(commandName, input as Input);
          return { output: { $metadata: {}, ...(await answer(commandName, input as Input)) }, response: {} };
        },
      { step: "initialize", priority: "high" },
    );
    return client;
  };
  const credentials = { accessKeyId: "none", secretAccessKey: "none" };
  return createRdsChanges({ region: "ap-northeast-1", credentials, equip });
}
