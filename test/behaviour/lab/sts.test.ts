import { IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { DescribeDBClustersCommand, RDSClient } from "@aws-sdk/client-rds";
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, onTestFinished, test, vi } from "vitest";
import { answerSts, CALLER } from "../../../lab/sts.ts";
import { addArticleCluster } from "../../support/lab/rds.ts";
import { openTestLab } from "../../support/lab/stage.ts";
import { leaves } from "./rds/fixture.ts";

// Source: STS API reference, GetCallerIdentity, Examples.
const SAMPLE = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
   <Arn>arn:aws:iam::123456789012:user/Alice</Arn>
    <UserId>AIDACKCEVSQ6C2EXAMPLE</UserId>
    <Account>123456789012</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata>
    <RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId>
  </ResponseMetadata>
</GetCallerIdentityResponse>`;

async function openLabOfEnvironment() {
  const lab = await openTestLab();
  vi.stubEnv("AWS_ENDPOINT_URL", lab.url);
  vi.stubEnv("AWS_REGION", "ap-northeast-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "lab");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "lab");
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await lab.close();
  });
  return lab;
}

function opened<Client extends { destroy(): void }>(client: Client): Client {
  onTestFinished(() => client.destroy());
  return client;
}

test("with AWS_ENDPOINT_URL alone RDS, IAM and STS are asked on the lab's one address", async () => {
  const lab = await openLabOfEnvironment();
  addArticleCluster(lab.rds);

  const { DBClusters } = await opened(new RDSClient()).send(new DescribeDBClustersCommand());
  expect(DBClusters?.map(({ DBClusterIdentifier }) => DBClusterIdentifier)).toEqual(["db-cluster"]);

  const { Account, Arn } = await opened(new STSClient()).send(new GetCallerIdentityCommand());
  expect({ Account, Arn }).toEqual({ Account: "123456789012", Arn: CALLER });

  lab.iam.deny(() => ({ decision: "explicitDeny" }));
  const simulate = new SimulatePrincipalPolicyCommand({ PolicySourceArn: Arn, ActionNames: ["rds:DeleteBlueGreenDeployment"] });
  const { EvaluationResults } = await opened(new IAMClient()).send(simulate);
  expect(EvaluationResults?.map(({ EvalDecision }) => EvalDecision)).toEqual(["explicitDeny"]);
  expect(lab.iam.asked.map(({ principal }) => principal)).toEqual([CALLER]);
});

test("who calls is answered as in AWS's sample, but for the user's name", async () => {
  const body = new URLSearchParams({ Action: "GetCallerIdentity", Version: "2011-06-15" });
  const answer = await answerSts(new Request("http://127.0.0.1/", { method: "POST", body }));
  const told = (xml: string) => leaves(xml).filter((leaf) => !leaf.includes("RequestId"));
  expect(answer.headers.get("content-type")).toBe("text/xml");
  expect(told(await answer.text())).toEqual(told(SAMPLE.replace("arn:aws:iam::123456789012:user/Alice", CALLER)));
});

test("STS refuses every other action in AWS's own words", async () => {
  await openLabOfEnvironment();
  await expect(opened(new STSClient()).send(new GetSessionTokenCommand())).rejects.toMatchObject({
    name: "InvalidAction",
    message: "Could not find operation GetSessionToken for version 2011-06-15",
    $metadata: { httpStatusCode: 400, attempts: 1 },
  });
});
