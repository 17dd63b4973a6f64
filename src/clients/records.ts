import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { type AwsOptions, awsClient } from "./aws.ts";
import { OPEN_INDEX } from "./names.ts";

/** What every item in the table has. */
export interface Item {
  key: string;
  /** Counts writes; 0 for an item that is not stored yet. */
  version: number;
}

/** An item's place in the index of open items, which `rank` orders. */
export interface OpenItem {
  key: string;
  rank: string;
}

/** What the guard keeps, in one DynamoDB table with single-item conditional writes. */
export interface Records {
  read<T extends Item>(key: string): Promise<T | undefined>;
  /**
   * Writes the item and increments its version; false if somebody else has written it since it was read.
   *
   * With `open` the item is in the index of open items, without it the item is not.
   */
  write<T extends Item>(item: T, open?: Omit<OpenItem, "key">): Promise<boolean>;
  /** The open items by rank: below `belowRank` if given, at most `limit`. The index may lag slightly behind the items. */
  open(options?: { belowRank?: string; limit?: number }): Promise<OpenItem[]>;
}

export { OPEN_INDEX };

/** Creates the client of the table `table`, whose partition key is the string `pk`. */
export function createRecords(table: string, options: AwsOptions = {}): Records {
  const client = DynamoDBDocumentClient.from(awsClient(DynamoDBClient, options), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return {
    async read<T extends Item>(key: string) {
      const { Item: stored } = await client.send(new GetCommand({ TableName: table, Key: { pk: key }, ConsistentRead: true }));
      if (!stored) return undefined;
      const { pk, open: _, rank: __, ...item } = stored;
      return { ...item, key: pk } as unknown as T;
    },
    async write({ key, version, ...item }, open) {
      const stored = { ...item, pk: key, version: version + 1, ...(open && { ...open, open: OPEN_INDEX }) };
      try {
        await client.send(new PutCommand({ TableName: table, Item: stored, ...unchangedSince(version) }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    open: ({ belowRank, limit } = {}) => openItems(client, table, belowRank, limit),
  };
}

function unchangedSince(version: number) {
  if (version === 0) return { ConditionExpression: "attribute_not_exists(pk)" };
  return {
    ConditionExpression: "#version = :version",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: { ":version": version },
  };
}

async function openItems(client: DynamoDBDocumentClient, table: string, belowRank?: string, limit?: number): Promise<OpenItem[]> {
  const pages = paginateQuery(
    { client, ...(limit !== undefined && { pageSize: limit }) },
    {
      TableName: table,
      IndexName: OPEN_INDEX,
      KeyConditionExpression: belowRank === undefined ? "#open = :open" : "#open = :open AND #rank < :rank",
      ExpressionAttributeNames: { "#open": "open", ...(belowRank !== undefined && { "#rank": "rank" }) },
      ExpressionAttributeValues: { ":open": OPEN_INDEX, ...(belowRank !== undefined && { ":rank": belowRank }) },
    },
  );
  const found: OpenItem[] = [];
  for await (const page of pages) {
    for (const { pk, rank } of page.Items ?? []) found.push({ key: pk, rank });
    if (limit !== undefined && found.length >= limit) break;
  }
  return limit === undefined ? found : found.slice(0, limit);
}
