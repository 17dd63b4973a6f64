import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DescribeDBClustersCommand, RDSClient } from "@aws-sdk/client-rds";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, onTestFinished, test } from "vitest";
import { QUEUE } from "../../../lab/names.ts";
import { addressOf, listenerOf, startServer } from "../../../lab/server.ts";
import { answerSts } from "../../../lab/sts.ts";
import { deadLettersName, queueUrl } from "../../../local/queue/names.ts";
import { openWireLab } from "../../support/lab/stage.ts";

const HOUR = 3_600_000;
const options = { region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };

function opened<Client extends { destroy(): void }>(client: Client): Client {
  onTestFinished(() => client.destroy());
  return client;
}

async function openLabOfThePast() {
  const lab = await openWireLab();
  onTestFinished(() => lab.close());
  return lab;
}

test("the SDK's clock follows the lab's that is hours ahead, and again after a jump", async () => {
  let ahead = 5 * HOUR;
  const services = { aws: { sts: listenerOf(answerSts) }, other: listenerOf(() => new Response()) };
  const server = await startServer(
    0,
    () => services,
    () => Date.now() + ahead,
  );
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const client = opened(new STSClient({ ...options, endpoint: addressOf(server) }));
  expect(client.config.systemClockOffset).toBe(0);
  for (const hours of [5, 12]) {
    ahead = hours * HOUR;
    await client.send(new GetCallerIdentityCommand());
    expect(Math.round(client.config.systemClockOffset / HOUR)).toBe(hours);
  }
});

test("every service of the lab, Slack too, answers with the date of the lab's clock", async () => {
  const lab = await openLabOfThePast();
  const dateOf = async (service: string, headers: Record<string, string>, body: string) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=lab/20240205/ap-northeast-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
    const answer = await fetch(lab.url, { method: "POST", headers: { authorization, "x-amz-date": "20240205T042900Z", ...headers }, body });
    return [service, answer.status, answer.headers.get("date")];
  };
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const json = (target: string, version = "1.1") => ({ "content-type": `application/x-amz-json-${version}`, "x-amz-target": target });
  const date = "Mon, 05 Feb 2024 04:29:00 GMT";
  expect(
    await Promise.all([
      dateOf("rds", form, "Action=DescribeDBClusters&Version=2014-10-31"),
      dateOf("iam", form, "Action=SimulatePrincipalPolicy&Version=2010-05-08&PolicySourceArn=x&ActionNames.member.1=y"),
      dateOf("sts", form, "Action=GetCallerIdentity&Version=2011-06-15"),
      dateOf(
        "sqs",
        json("AmazonSQS.SendMessage", "1.0"),
        JSON.stringify({ QueueUrl: queueUrl(lab.url, deadLettersName(QUEUE)), MessageBody: "{}" }),
      ),
      dateOf("dynamodb", json("DynamoDB_20120810.ListTables", "1.0"), "{}"),
      dateOf("secretsmanager", json("secretsmanager.GetSecretValue"), '{"SecretId":"bluegreen-guard/slack"}'),
    ]),
  ).toEqual(["rds", "iam", "sts", "sqs", "dynamodb", "secretsmanager"].map((service) => [service, 200, date]));
  const slack = await fetch(`${lab.url}/slack/api/auth.test`, { method: "POST", headers: { authorization: "Bearer xoxb-lab" } });
  expect([slack.status, slack.headers.get("date")]).toEqual([200, date]);
});

test("a call that is refused is not sent again, however far the lab's clock is off", async () => {
  const lab = await openLabOfThePast();
  const rds = opened(new RDSClient({ ...options, endpoint: lab.url }));
  const once = { $metadata: { attempts: 1 } };
  await rds.send(new DescribeDBClustersCommand());
  await expect(rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: "none" }))).rejects.toMatchObject(once);
  expect(lab.rds.calls.filter(({ outcome }) => outcome !== "accepted")).toHaveLength(1);

  const records = opened(new DynamoDBClient({ ...options, endpoint: lab.url }));
  const put = new PutItemCommand({
    TableName: "bluegreen-guard",
    Item: { pk: { S: "once" } },
    ConditionExpression: "attribute_not_exists(pk)",
  });
  await records.send(put);
  await expect(records.send(put)).rejects.toMatchObject({ name: "ConditionalCheckFailedException", ...once });
});
