import { IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { expect, onTestFinished, test } from "vitest";
import { createLabIam } from "../../../lab/iam.ts";
import { addressOf, listenerOf, startServer } from "../../../lab/server.ts";

const ROLE = "arn:aws:iam::123456789012:role/bluegreen-guard-recreate";

async function startIam() {
  const iam = createLabIam();
  const server = await startServer(0, () => ({
    aws: { iam: listenerOf((request) => iam.fetch(request)) },
    other: (_, answer) => answer.end(),
  }));
  const client = new IAMClient({
    endpoint: addressOf(server),
    region: "ap-northeast-1",
    credentials: { accessKeyId: "lab", secretAccessKey: "lab" },
    maxAttempts: 1,
  });
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { iam, client };
}

const simulate = ({ PolicySourceArn = ROLE, ResourceArns }: { PolicySourceArn?: string; ResourceArns?: string[] } = {}) =>
  new SimulatePrincipalPolicyCommand({
    PolicySourceArn,
    ActionNames: ["rds:CreateDBCluster", "rds:CreateDBInstance"],
    ResourceArns,
    ContextEntries: [{ ContextKeyName: "aws:RequestTag/team", ContextKeyValues: ["orders"], ContextKeyType: "string" }],
  });

test.each([[undefined], [["*"]]])("IAM answers for each action, and denies what it is told to, on %j", async (ResourceArns) => {
  const { iam, client } = await startIam();
  iam.deny(({ action }) => (action === "rds:CreateDBInstance" ? { decision: "implicitDeny", missing: ["rds:DatabaseClass"] } : undefined));
  const { EvaluationResults, IsTruncated } = await client.send(simulate({ ResourceArns }));
  expect(IsTruncated).toBe(false);
  expect(EvaluationResults).toEqual([
    { EvalActionName: "rds:CreateDBCluster", EvalResourceName: "*", EvalDecision: "allowed", MissingContextValues: [] },
    {
      EvalActionName: "rds:CreateDBInstance",
      EvalResourceName: "*",
      EvalDecision: "implicitDeny",
      MissingContextValues: ["rds:DatabaseClass"],
    },
  ]);
  expect(iam.asked[0]?.context).toEqual({ "aws:RequestTag/team": "orders" });
});

// IAM API reference, ResourceSpecificResult.
test("of resources that are named, each has its decision and its missing values in an entry of its own", async () => {
  const { iam, client } = await startIam();
  iam.deny(({ action, resource }) =>
    action === "rds:CreateDBInstance" && resource.endsWith(":one")
      ? { decision: "explicitDeny", missing: ["rds:DatabaseClass"] }
      : undefined,
  );
  const ResourceArns = ["one", "two"].map((name) => `arn:aws:rds:ap-northeast-1:123456789012:db:${name}`);
  const { EvaluationResults } = await client.send(simulate({ ResourceArns }));
  expect(EvaluationResults?.map(({ EvalActionName, EvalDecision }) => `${EvalActionName} ${EvalDecision}`)).toEqual([
    "rds:CreateDBCluster allowed",
    "rds:CreateDBInstance explicitDeny",
  ]);
  expect(EvaluationResults?.[1]).toMatchObject({
    MissingContextValues: [],
    ResourceSpecificResults: [
      { EvalResourceName: ResourceArns[0], EvalResourceDecision: "explicitDeny", MissingContextValues: ["rds:DatabaseClass"] },
      { EvalResourceName: ResourceArns[1], EvalResourceDecision: "allowed", MissingContextValues: [] },
    ],
  });
});

test("IAM refuses a principal that is not there, and who may not ask", async () => {
  const { iam, client } = await startIam();
  iam.principals = new Set([ROLE]);
  await expect(client.send(simulate({ PolicySourceArn: `${ROLE}-2` }))).rejects.toMatchObject({
    name: "NoSuchEntityException",
    $metadata: { httpStatusCode: 404 },
  });
  await client.send(simulate());
  iam.closed = true;
  await expect(client.send(simulate())).rejects.toMatchObject({ name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
});
