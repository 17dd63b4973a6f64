import { RDSClient } from "@aws-sdk/client-rds";
import { STSClient } from "@aws-sdk/client-sts";
import type { AwsOptions } from "../../src/clients/aws.ts";
import { endpointsIn } from "../../src/settings/lambda.ts";

/** What AWS's own environment and profiles name, for clients that are made without the SDK. */
export function awsHere(region?: string, environment: NodeJS.ProcessEnv = process.env): AwsOptions {
  const { config } = new STSClient(region === undefined ? {} : { region });
  return { region: config.region, credentials: config.credentials, endpointOf: endpointsIn(environment) };
}

/** Where AWS's own environment and profiles lead to RDS: the region, and the endpoint unless it is AWS's own. @throws the SDK's error if there is no region */
export async function rdsHere(): Promise<{ region: string; endpoint?: string }> {
  const { config } = new RDSClient({});
  // The SDK's types hide it: what its own calls ask for the variables AWS_ENDPOINT_URL_… and the profile's endpoint_url.
  const { serviceConfiguredEndpoint: configured } = config as { serviceConfiguredEndpoint?(): Promise<string | undefined> };
  return { region: await config.region(), endpoint: await configured?.() };
}
