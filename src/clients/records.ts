import { gunzipSync, gzipSync } from "node:zlib";
import type { AwsOptions } from "./aws.ts";
import { type AwsJson, createAwsJson, isError } from "./aws-call.ts";
import { OPEN_INDEX } from "./names.ts";

/** What every item in the table has. */
export interface Item {
  key: string;
  /** Counts writes; 0 for an item that is not stored yet. */
  version: number;
}

/** An item's place in the index of open items, which `rank` orders; the index may be behind the item. */
export interface OpenItem {
  key: string;
  rank: string;
  /** What else the index says of the item, so that whoever looks for work need not read it. */
  hint?: string;
}

/** Numbers of an item by their names. */
export type Numbers = Readonly<Record<string, number>>;

/** What the guard keeps, in one DynamoDB table with single-item conditional writes. */
export interface Records {
  read<T extends Item>(key: string): Promise<T | undefined>;
  /**
   * Writes the item and increments its version; false if somebody else has written it since it was read.
   *
   * With `open` the item is in the index of open items, without it the item is not.
   */
  write<T extends Item>(item: T, open?: Omit<OpenItem, "key">): Promise<boolean>;
  /** Sets numbers of an item in one call, unless one of those in `ifAtMost` is there and greater: then false, and nothing changes. */
  reserve(key: string, to: Numbers, ifAtMost: Numbers): Promise<boolean>;
  /** The open items by rank: below `belowRank` if given, at most `limit`. */
  open(options?: { belowRank?: string; limit?: number }): Promise<OpenItem[]>;
}

export { OPEN_INDEX };

/** An attribute as DynamoDB's JSON has it: a number is a text, and bytes are in base64. Source: DynamoDB API, AttributeValue. */
type AttributeValue = { S: string } | { N: string } | { BOOL: boolean } | { B: string };
type Attributes = Record<string, { S?: string; N?: string; BOOL?: boolean; B?: string }>;

const DYNAMODB = { name: "dynamodb", id: "DynamoDB", target: "DynamoDB_20120810", version: "1.0" } as const;

/** Creates the client of the table `table`, whose partition key is the string `pk`. */
export function createRecords(table: string, options: AwsOptions): Records {
  const call = createAwsJson(DYNAMODB, options);
  return {
    async read<T extends Item>(key: string) {
      const { Item: stored } = await call<{ Item?: Attributes }>("GetItem", {
        TableName: table,
        Key: { pk: { S: key } },
        ConsistentRead: true,
      });
      return stored && ({ ...unpacked(stored), key } as T);
    },
    async write({ key, version, ...item }, open) {
      const place = open && { ...open, open: OPEN_INDEX };
      const stored = packed({ ...item, pk: key, version: version + 1, ...place });
      return wasTaken(call("PutItem", { TableName: table, Item: stored, ...unchangedSince(version) }));
    },
    reserve: (key, to, ifAtMost) => wasTaken(call("UpdateItem", { TableName: table, Key: { pk: { S: key } }, ...settingIf(to, ifAtMost) })),
    open: ({ belowRank, limit } = {}) => openItems(call, table, belowRank, limit),
  };
}

/**
 * The item's own texts, numbers and booleans as attributes, which a person can read in the table, and all else compressed into one.
 *
 * So the keys of tags never become names of attributes: one may be JavaScript's own ("constructor").
 */
function packed(item: object): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) {
    const attribute = scalar(value);
    if (attribute) attributes[name] = attribute;
    else rest[name] = value;
  }
  return { ...attributes, [PACKED]: { B: gzipSync(JSON.stringify(rest)).toString("base64") } };
}

const PACKED = "packed";

function scalar(value: unknown): AttributeValue | undefined {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  return typeof value === "boolean" ? { BOOL: value } : undefined;
}

function unpacked({ pk: _, open: __, rank: ___, hint: ____, [PACKED]: rest, ...attributes }: Attributes): object {
  const scalars = Object.entries(attributes).map(([name, { S, N, BOOL }]) => [name, S ?? BOOL ?? Number(N)]);
  const others = rest?.B ? (JSON.parse(gunzipSync(Buffer.from(rest.B, "base64")).toString()) as object) : {};
  return { ...Object.fromEntries(scalars), ...others };
}

async function wasTaken(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (isError(error, "ConditionalCheckFailedException")) return false;
    throw error;
  }
}

function settingIf(to: Numbers, ifAtMost: Numbers) {
  const names = [...new Set(["version", ...Object.keys(to), ...Object.keys(ifAtMost)])];
  const value = (prefix: string, numbers: Numbers) => Object.entries(numbers).map(([name, N]) => [`:${prefix}${name}`, { N: String(N) }]);
  const conditions = Object.keys(ifAtMost).map((name) => `(attribute_not_exists(#${name}) OR #${name} <= :most${name})`);
  return {
    UpdateExpression: `SET ${Object.keys(to).map((name) => `#${name} = :to${name}`)} ADD #version :one`,
    ...(conditions.length > 0 && { ConditionExpression: conditions.join(" AND ") }),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries([[":one", { N: "1" }], ...value("to", to), ...value("most", ifAtMost)]),
  };
}

function unchangedSince(version: number) {
  if (version === 0) return { ConditionExpression: "attribute_not_exists(pk)" };
  return {
    ConditionExpression: "#version = :version",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: { ":version": { N: String(version) } },
  };
}

async function openItems(call: AwsJson, table: string, belowRank?: string, limit?: number): Promise<OpenItem[]> {
  const query = {
    TableName: table,
    IndexName: OPEN_INDEX,
    KeyConditionExpression: belowRank === undefined ? "#open = :open" : "#open = :open AND #rank < :rank",
    ExpressionAttributeNames: { "#open": "open", ...(belowRank !== undefined && { "#rank": "rank" }) },
    ExpressionAttributeValues: { ":open": { S: OPEN_INDEX }, ...(belowRank !== undefined && { ":rank": { S: belowRank } }) },
    ...(limit !== undefined && { Limit: limit }),
  };
  const found: OpenItem[] = [];
  let from: object | undefined;
  do {
    const page = await call<{ Items?: Attributes[]; LastEvaluatedKey?: object }>(
      "Query",
      { ...query, ExclusiveStartKey: from },
      { needs: "Items" },
    );
    for (const { pk, rank, hint } of page.Items ?? [])
      found.push({ key: pk?.S ?? "", rank: rank?.S ?? "", ...(hint?.S !== undefined && { hint: hint.S }) });
    from = page.LastEvaluatedKey;
  } while (from && found.length < (limit ?? Number.POSITIVE_INFINITY));
  return limit === undefined ? found : found.slice(0, limit);
}
