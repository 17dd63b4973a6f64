import {
  CreateDBInstanceCommand,
  DeleteBlueGreenDeploymentCommand,
  DeleteDBInstanceCommand,
  paginateDescribeBlueGreenDeployments,
  paginateDescribeDBInstances,
  RDSClient,
  waitUntilDBInstanceAvailable,
} from "@aws-sdk/client-rds";
import type { Throwaway } from "./story.ts";

const HOUR_SECONDS = 3_600;

/** The databases that the story makes for itself in a real account, and nothing else there. */
export interface Account {
  make(): Promise<Throwaway>;
  /** Asks RDS to delete everything that has the story's own name; answers a line for each thing, with what RDS said. */
  remove(): Promise<string[]>;
}

/** Creates what makes and removes an RDS for MySQL instance called `name`, the smallest there is; `name` has to be a new one. */
export function accountAt(name: string, password: string): Account {
  const client = new RDSClient({});
  const isOwn = (identifier: string): boolean => identifier === name || identifier.startsWith(`${name}-`);
  async function own(): Promise<string[]> {
    const found: string[] = [];
    for await (const { DBInstances = [] } of paginateDescribeDBInstances({ client }, {}))
      found.push(...DBInstances.map(({ DBInstanceIdentifier = "" }) => DBInstanceIdentifier).filter(isOwn));
    return found;
  }
  return {
    async make() {
      await client.send(
        new CreateDBInstanceCommand({
          DBInstanceIdentifier: name,
          DBInstanceClass: "db.t4g.micro",
          Engine: "mysql",
          AllocatedStorage: 20,
          MasterUsername: "guard",
          MasterUserPassword: password,
          // RDS needs automated backups for a blue/green deployment.
          BackupRetentionPeriod: 1,
          PubliclyAccessible: false,
          Tags: [{ Key: "purpose", Value: "bluegreen-guard test:cloud" }],
        }),
      );
      const { reason } = await waitUntilDBInstanceAvailable({ client, maxWaitTime: HOUR_SECONDS }, { DBInstanceIdentifier: name });
      const [made] = (reason as { DBInstances?: { DBInstanceArn?: string; DBParameterGroups?: { DBParameterGroupName?: string }[] }[] })
        .DBInstances ?? [{}];
      return { arn: made?.DBInstanceArn ?? "", parameterGroup: made?.DBParameterGroups?.[0]?.DBParameterGroupName ?? "" };
    },
    async remove() {
      const said: string[] = [];
      const ask = async (what: string, call: Promise<unknown>): Promise<void> => {
        const answer = await call.then(
          () => "RDS deletes it",
          (error: Error) => `delete it by hand, since RDS refused: ${error.name}: ${error.message}`,
        );
        said.push(`${what}: ${answer}`);
      };
      for await (const { BlueGreenDeployments = [] } of paginateDescribeBlueGreenDeployments({ client }, {})) {
        for (const { BlueGreenDeploymentIdentifier, BlueGreenDeploymentName = "" } of BlueGreenDeployments.filter((it) =>
          isOwn(it.BlueGreenDeploymentName ?? ""),
        )) {
          const keepsTarget = { BlueGreenDeploymentIdentifier, DeleteTarget: false };
          await ask(`deployment ${BlueGreenDeploymentName}`, client.send(new DeleteBlueGreenDeploymentCommand(keepsTarget)));
        }
      }
      for (const DBInstanceIdentifier of await own()) {
        const all = { DBInstanceIdentifier, SkipFinalSnapshot: true, DeleteAutomatedBackups: true };
        await ask(`instance ${DBInstanceIdentifier}`, client.send(new DeleteDBInstanceCommand(all)));
      }
      return said;
    },
  };
}
