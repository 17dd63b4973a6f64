import { randomUUID } from "node:crypto";
import type { AwsOptions } from "../../../src/clients/aws.ts";
import { identityOf } from "../../../src/clients/identity.ts";
import type { SlackOptions } from "../../../src/clients/slack/slack.ts";
import type { Given } from "../../../src/settings/given.ts";
import { type Clients, createClients } from "./clients.ts";
import type { StatedSlack } from "./slack-stated.ts";
import { type DeployedStack, findStack } from "./stack.ts";

/** What a person allowed the doctor beyond looking. */
export interface Allowed {
  /** Posts a message in the channel and deletes it again. */
  post: boolean;
  /** Stops a self-test's execution, which sets off an alarm. */
  stop: boolean;
}

/** What `doctor` is asked with. */
export interface VisitOptions {
  /** The name of the guard's CloudFormation stack. */
  stack: string;
  allowed: Allowed;
  /** What the settings file states; nothing if there is none. */
  given: Given;
  region: string;
  /** Where RDS is, if not at AWS's own endpoint: a lab is at one. */
  endpoint?: string;
  /** How the SDK's clients are made; of what is left out, AWS's own environment decides. */
  sdk: AwsOptions;
  /** How the clients without the SDK are made. */
  light: AwsOptions;
  /** Where Slack is asked, and what the person states of it; what is deployed takes precedence. */
  slack: StatedSlack & Pick<SlackOptions, "fetch">;
  /** ARNs of executions that the functions are to ask Lambda about; none if left out. */
  executions?: readonly string[];
  /** Waits this many milliseconds. */
  pause(ms: number): Promise<unknown>;
  /** AWS's time, in milliseconds since 1970. */
  now(): number;
}

/** One run of `doctor`: what it asks with, and what it knows before it asks. */
export interface Visit extends Clients, Omit<VisitOptions, "stack" | "executions"> {
  account: string;
  partition: string;
  /** The name of the stack, whether or not it is there. */
  stackName: string;
  /** The deployed guard; absent before the first deploy. */
  stack?: DeployedStack;
  /** Why it could not be seen whether the guard is deployed; nothing of a stack is asked then. */
  unseen?: Error;
  /** The id of this run's self-tests. */
  id: string;
  /** ARNs of the executions that this run has begun and seen end. */
  readonly executions: string[];
}

/** Finds out where the environment leads, and what is deployed there. @throws what AWS's clients throw */
export async function openVisit({ stack: stackName, ...options }: VisitOptions): Promise<Visit> {
  const { sdk } = options;
  const { account, caller } = await identityOf({ ...sdk, region: options.region });
  const clients = createClients({ ...sdk, region: options.region });
  const found = await findStack(stackName, clients).catch((error: Error) => error);
  const seen = found instanceof Error ? { unseen: found } : { stack: found };
  const partition = caller.split(":")[1] ?? "aws";
  return { ...clients, ...options, account, partition, stackName, ...seen, id: randomUUID(), executions: [...(options.executions ?? [])] };
}
