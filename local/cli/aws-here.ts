import { RDSClient } from "@aws-sdk/client-rds";
import { STSClient } from "@aws-sdk/client-sts";
import type { AwsOptions } from "../../src/clients/aws.ts";
import { endpointsIn } from "../../src/settings/lambda.ts";
import { checkEndpointsIn, endpointOf } from "./endpoints.ts";
import { Mistake } from "./mistake.ts";

/** Thrown if a command is led to no region of AWS; the message says where to name it. */
export class RegionError extends Mistake {
  /** What was given in its place; undefined if nothing was. */
  readonly given: string | undefined;

  constructor(place: string, given: string | undefined) {
    super(`Name the region, such as ap-northeast-1, ${place}: ${given === undefined ? "no region" : `"${given}"`} was given.`);
    this.given = given;
  }
}

/**
 * The region that `--region` gives, or AWS's own environment and profiles. AWS_REGION then also says what AWS_DEFAULT_REGION does, which the
 * AWS CLI and the CDK read and the SDK does not: what they deploy and what a command looks at is one place.
 *
 * @throws RegionError if it is none, EndpointError if an address of AWS that they name is none
 */
export async function regionHere(option?: string, environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const { AWS_REGION: own, AWS_DEFAULT_REGION: cli } = environment;
  if (own === undefined && cli !== undefined) environment["AWS_REGION"] = cli;
  const client = await regionalClient(option, own, cli);
  checkEndpointsIn(environment);
  await endpointOf(client);
  return client.config.region();
}

/** A client with a region; what it is made with can be none, and so can what it then finds. @throws RegionError */
async function regionalClient(option?: string, own?: string, cli?: string): Promise<STSClient> {
  try {
    const client = new STSClient(option === undefined ? {} : { region: option });
    await client.config.region();
    return client;
  } catch (error) {
    const text = error instanceof Error ? error.message : "";
    const [, refused] = /^Region not accepted: region="(.*)" is/s.exec(text) ?? [];
    if (refused === undefined && text !== "Region is missing") throw error;
    const variable = own === undefined && cli !== undefined ? "AWS_DEFAULT_REGION" : "AWS_REGION";
    const place =
      option !== undefined ? "after --region" : (own ?? cli) !== undefined ? `in ${variable}` : "in AWS_REGION, or in the profile";
    throw new RegionError(place, option ?? own ?? cli ?? refused);
  }
}

/** What AWS's own environment and profiles name, for clients that are made without the SDK. */
export function awsHere(region?: string, environment: NodeJS.ProcessEnv = process.env): AwsOptions {
  const { config } = new STSClient(region === undefined ? {} : { region });
  return { region: config.region, credentials: config.credentials, endpointOf: endpointsIn(environment) };
}

/** Where AWS's own environment and profiles lead to RDS: the region, and the endpoint unless it is AWS's own. @throws RegionError, EndpointError */
export async function rdsHere(): Promise<{ region: string; endpoint?: string }> {
  const region = await regionHere();
  return { region, endpoint: await endpointOf(new RDSClient({})) };
}
