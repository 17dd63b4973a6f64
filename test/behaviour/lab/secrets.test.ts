import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, expect, it } from "vitest";
import { SLACK_SECRET } from "../../../lab/secrets.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";

let lab: TestLab;
let client: SecretsManagerClient;
beforeEach(async () => {
  lab = await openTestLab();
  const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };
  client = new SecretsManagerClient({ endpoint: lab.url, region: "ap-northeast-1", credentials, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await lab.close();
});

const read = (SecretId: string) => client.send(new GetSecretValueCommand({ SecretId }));

it("answers the Slack secret by its name and by its ARN", async () => {
  const byName = await read(SLACK_SECRET);
  expect(byName).toMatchObject({
    Name: SLACK_SECRET,
    SecretString: JSON.stringify({ botToken: "xoxb-lab", signingSecret: "lab-signing-secret" }),
    VersionStages: ["AWSCURRENT"],
  });
  expect(byName.ARN).toMatch(/^arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:bluegreen-guard\/slack-[A-Za-z0-9]{6}$/);
  expect(await read(byName.ARN ?? "")).toMatchObject({ ARN: byName.ARN, Name: SLACK_SECRET, SecretString: byName.SecretString });
});

it("answers what a test has put into a secret since", async () => {
  lab.secrets.secrets.set(SLACK_SECRET, "rotated");
  expect((await read(SLACK_SECRET)).SecretString).toBe("rotated");
});

it("says in AWS's own words that there is no such secret", async () => {
  const error = { name: "ResourceNotFoundException", message: "Secrets Manager can't find the specified secret." };
  await expect(read("bluegreen-guard/other")).rejects.toMatchObject(error);
  lab.secrets.secrets.delete(SLACK_SECRET);
  await expect(read(SLACK_SECRET)).rejects.toMatchObject(error);
});

it("names what it plays where it is asked for something else", async () => {
  await expect(client.send(new ListSecretsCommand({}))).rejects.toThrow('The lab does not play "ListSecrets", only GetSecretValue.');
});
