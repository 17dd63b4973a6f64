import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { DeploymentRecord } from "../deployments/record.ts";
import { type AwsOptions, clientOptions } from "./aws.ts";

/** What the guard keeps, in one DynamoDB table with single-item conditional writes. */
export interface Records {
  read(key: string): Promise<DeploymentRecord | undefined>;
  /** Writes the record and counts its version up; false where somebody else wrote since it was read. */
  write(record: DeploymentRecord): Promise<boolean>;
}

/** Makes the records' client for the table called `table`, whose partition key is the string `pk`. */
export function createRecords(table: string, options: AwsOptions = {}): Records {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(options)), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return {
    async read(key) {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk: key }, ConsistentRead: true }));
      if (!Item) return undefined;
      const { pk, ...record } = Item;
      return { ...record, key: pk } as DeploymentRecord;
    },
    async write({ key, version, ...record }) {
      const Item = { pk: key, ...record, version: version + 1 };
      const known = version > 0;
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item,
            ConditionExpression: known ? "#version = :version" : "attribute_not_exists(pk)",
            ...(known && { ExpressionAttributeNames: { "#version": "version" }, ExpressionAttributeValues: { ":version": version } }),
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
