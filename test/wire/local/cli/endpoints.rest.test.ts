import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, expect, it, vi } from "vitest";
import { awsHere } from "../../../../local/cli/aws-here.ts";
import { DEPLOYED, openTerminalLab } from "../../../support/local/terminal-lab.ts";
import { settingsFolder } from "../../../support/settings.ts";

afterEach(() => void vi.unstubAllEnvs());

function profile(...lines: string[]): string {
  const file = join(settingsFolder({}), "config");
  writeFileSync(file, `${["[default]", "region = ap-northeast-1", ...lines].join("\n")}\n`);
  return file;
}

it("a profile that names the endpoint leads there with every call, also with those that are made without the SDK", async () => {
  const lab = await openTerminalLab({ deployed: true });
  await lab.ruined();
  const away = { AWS_ENDPOINT_URL: undefined, AWS_REGION: undefined, AWS_CONFIG_FILE: profile(`endpoint_url = ${lab.url}`) };
  const ended = await lab.run(["recreate", "orders-15", "--yes"], { ...away, ...DEPLOYED });
  expect([ended.code, ended.err]).toEqual([0, ""]);
  const beside = await lab.run(["watch", "--once"], away);
  expect(beside).toMatchObject({ code: 2, err: expect.stringContaining('its event bus "bluegreen-guard" is there') });
});

it("a call without the SDK goes where the SDK's own client of that service goes, whatever names the endpoint", async () => {
  const services = ["services = here", "[services here]", "dynamodb =", "  endpoint_url = http://127.0.0.1:1/d"];
  const clients = { DynamoDB: DynamoDBClient, EventBridge: EventBridgeClient, "Secrets Manager": SecretsManagerClient };
  for (const [dynamodb, environment] of [
    [undefined, {}],
    ["http://127.0.0.1:2", { AWS_ENDPOINT_URL: "http://127.0.0.1:2", AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://127.0.0.1:3" }],
    [undefined, { AWS_ENDPOINT_URL: "http://127.0.0.1:2", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }],
    ["http://127.0.0.1:4", { AWS_CONFIG_FILE: profile("endpoint_url = http://127.0.0.1:4") }],
    ["http://127.0.0.1:1/d", { AWS_CONFIG_FILE: profile(...services) }],
    [undefined, { AWS_CONFIG_FILE: profile("endpoint_url = http://127.0.0.1:4", "ignore_configured_endpoint_urls = true") }],
  ] as const) {
    vi.unstubAllEnvs();
    for (const name of ["AWS_ENDPOINT_URL", "AWS_PROFILE"]) vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries({ AWS_REGION: "ap-northeast-1", AWS_CONFIG_FILE: profile(), ...environment }))
      vi.stubEnv(name, value);
    expect([environment, await awsHere().endpointOf?.("DynamoDB")]).toEqual([environment, dynamodb]);
    for (const [id, Client] of Object.entries(clients)) {
      const { config } = new Client({}) as { config: { serviceConfiguredEndpoint?(): Promise<string | undefined> } };
      expect([environment, id, await awsHere().endpointOf?.(id)]).toEqual([environment, id, await config.serviceConfiguredEndpoint?.()]);
    }
  }
});
