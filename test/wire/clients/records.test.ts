import { afterAll, beforeAll } from "vitest";
import { addressOf, startServer } from "../../../lab/server.ts";
import { ensureTable, openRecordsServer } from "../../../local/records-server.ts";
import type { AwsOptions } from "../../../src/clients/aws.ts";
import { createRecords } from "../../../src/clients/records.ts";
import { describeRecords } from "../../support/records-contract.ts";

let aws: AwsOptions;
let close: () => Promise<unknown>;
let tables = 0;

beforeAll(async () => {
  const dynamodb = openRecordsServer();
  const server = await startServer(0, () => ({ aws: { dynamodb: dynamodb.listener }, other: dynamodb.listener }));
  aws = { endpoint: addressOf(server), region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await dynamodb.close();
  };
});
afterAll(() => close());

async function emptyTable(): Promise<string> {
  tables += 1;
  const table = `records-${tables}`;
  await ensureTable(table, aws);
  return table;
}

describeRecords("in DynamoDB", async () => createRecords(await emptyTable(), aws));
