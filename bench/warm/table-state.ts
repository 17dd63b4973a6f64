import { type AttributeValue, DeleteItemCommand, DynamoDBClient, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { awsAt } from "../playground.ts";

/** A table as it was at one time. */
export interface TableState {
  /** Makes the table what it was. */
  restore(): Promise<void>;
}

/** Takes down all items of a small table. */
export async function tableState(url: string, TableName: string): Promise<TableState> {
  const client = new DynamoDBClient(awsAt(url));
  const items = async () => (await client.send(new ScanCommand({ TableName, ConsistentRead: true }))).Items ?? [];
  const kept = await items();
  return {
    async restore() {
      const keys = new Set(kept.map(keyOf));
      const others = (await items()).filter((item) => !keys.has(keyOf(item)));
      await Promise.all([
        ...others.map(({ pk }) => client.send(new DeleteItemCommand({ TableName, Key: { pk: pk as AttributeValue } }))),
        ...kept.map((Item) => client.send(new PutItemCommand({ TableName, Item }))),
      ]);
    },
  };
}

const keyOf = ({ pk }: Record<string, AttributeValue>): string => pk?.S ?? "";
