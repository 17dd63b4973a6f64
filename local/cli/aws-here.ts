import { STSClient } from "@aws-sdk/client-sts";
import type { AwsOptions } from "../../src/clients/aws.ts";
import { endpointsIn } from "../../src/settings/lambda.ts";

/** What AWS's own environment and profiles name, for clients that are made without the SDK. */
export function awsHere(region?: string, environment: NodeJS.ProcessEnv = process.env): AwsOptions {
  const { config } = new STSClient(region === undefined ? {} : { region });
  return { region: config.region, credentials: config.credentials, endpointOf: endpointsIn(environment) };
}

/** The region that AWS's own environment and profiles name. @throws the SDK's error if there is none */
export const regionHere = (): Promise<string> => new STSClient({}).config.region();
