import { STSClient } from "@aws-sdk/client-sts";
import { loadSharedConfigFiles } from "@smithy/core/config";
import type { AwsOptions } from "../../src/clients/aws.ts";
import { checkEndpointsIn, endpointOf } from "./endpoints.ts";
import { Mistake } from "./mistake.ts";

/** Thrown if a command is led to no region of AWS; the message says where to name it. */
export class RegionError extends Mistake {
  /** What was given in its place, or the profile that is not there; undefined if nothing was. */
  readonly given: string | undefined;

  constructor(place: string, given: string | undefined, first?: string) {
    super(
      `${first === undefined ? "" : `${first} `}Name the region, such as ap-northeast-1, ${place}: ${given === undefined ? "no region" : `"${given}"`} was given.`,
    );
    this.given = given ?? first;
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
  const isCli = own === undefined ? cli !== undefined : own === "" && Boolean(cli);
  if (isCli) environment["AWS_REGION"] = cli;
  const named: Named = isCli ? { region: cli, by: "AWS_DEFAULT_REGION" } : { region: own, by: "AWS_REGION" };
  const client = await regionalClient(option, named, environment["AWS_PROFILE"]);
  checkEndpointsIn(environment);
  await endpointOf(client);
  return client.config.region();
}

/** The region that a variable names. */
interface Named {
  region?: string;
  by: string;
}

/** A client with a region; what it is made with can be none, and so can what it then finds. @throws RegionError */
async function regionalClient(option: string | undefined, { region, by }: Named, profile: string | undefined): Promise<STSClient> {
  try {
    const client = new STSClient(option === undefined ? {} : { region: option });
    await client.config.region();
    return client;
  } catch (error) {
    const text = error instanceof Error ? error.message : "";
    const [, refused] = /^Region not accepted: region="(.*)" is/s.exec(text) ?? [];
    if (refused === undefined && text !== "Region is missing") throw error;
    const given = option ?? region;
    if (given !== undefined) throw new RegionError(option !== undefined ? "after --region" : `in ${by}`, given);
    throw new RegionError(`in AWS_REGION, or in the profile${profile ? ` "${profile}"` : ""}`, refused, await strangeProfile(profile));
  }
}

/** Says that the profile which AWS_PROFILE names is in none of the person's files; undefined if it is there, or none is named. */
async function strangeProfile(profile: string | undefined): Promise<string | undefined> {
  if (!profile) return undefined;
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const names = new Set([configFile, credentialsFile].flatMap((it) => Object.keys(it)));
  if (names.has(profile)) return undefined;
  const there = [...names].filter((it) => !it.includes(".")).sort();
  return `AWS_PROFILE names the profile "${profile}", which is not there, or has nothing in it: correct the name${there.length > 0 ? ` (there are ${there.join(", ")})` : ""}.`;
}

/** Where the SDK's own client of the service with this id goes; undefined for AWS's own endpoint. @throws EndpointError */
async function endpointHere(serviceId: string): Promise<string | undefined> {
  return endpointOf(new STSClient({ serviceId }));
}

/**
 * What AWS's own environment and profiles name, for clients that are made without the SDK: each service is where the SDK's own client of it
 * goes, by the variables AWS_ENDPOINT_URL_…, the profile's endpoint_url and AWS_IGNORE_CONFIGURED_ENDPOINT_URLS.
 */
export function awsHere(region?: string): AwsOptions {
  const { config } = new STSClient(region === undefined ? {} : { region });
  return { region: config.region, credentials: config.credentials, endpointOf: endpointHere };
}

/** Where AWS's own environment and profiles lead to RDS: the region, and the endpoint unless it is AWS's own. @throws RegionError, EndpointError */
export async function rdsHere(): Promise<{ region: string; endpoint?: string }> {
  const region = await regionHere();
  return { region, endpoint: await endpointHere("RDS") };
}
