import type { RequestListener, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { CreateTableCommand, DynamoDBClient, ResourceInUseException, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import type { AwsOptions } from "../src/clients/aws.ts";
import { OPEN_INDEX } from "../src/clients/records.ts";

/** DynamoDB on one machine, which answers requests until closed. */
export interface RecordsServer {
  listener: RequestListener;
  close(): Promise<void>;
}

/** Opens DynamoDB on the folder `path`, or in memory if left out. Only one process at a time can have the folder open. */
export function openRecordsServer(path?: string): RecordsServer {
  const server = dynalite({ path, createTableMs: 0 });
  const atWork = new Set<ServerResponse>();
  return {
    listener(request, response) {
      atWork.add(response);
      const { end } = response;
      response.end = ((...given: Parameters<typeof end>) => {
        atWork.delete(response);
        return end.apply(response, given);
      }) as typeof end;
      server.emit("request", request, response);
    },
    async close() {
      // A request that meets a closed database would end the process. One of which the rest never came is not waited for longer.
      for (let tries = 0; atWork.size > 0 && tries < 100; tries += 1) await setTimeout(10);
      // dynalite closes its database only if its own server has listened.
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => server.close(() => resolve())));
    },
  };
}

/** Creates the guard's table if it does not exist yet. */
export async function ensureTable(table: string, options: AwsOptions): Promise<void> {
  const client = new DynamoDBClient(options);
  const create = new CreateTableCommand({
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    AttributeDefinitions: ["pk", "open", "rank"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    GlobalSecondaryIndexes: [
      {
        IndexName: OPEN_INDEX,
        KeySchema: [
          { AttributeName: "open", KeyType: "HASH" },
          { AttributeName: "rank", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["hint"] },
      },
    ],
  });
  try {
    await client.send(create);
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  try {
    // Until the table is ACTIVE, every call for an item fails with ResourceNotFoundException.
    await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.1 }, { TableName: table });
  } finally {
    client.destroy();
  }
}
