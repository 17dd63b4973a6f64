import type { RequestListener } from "node:http";
import type { EventBus } from "../local/event-bridge/event-bus.ts";
import type { Queue } from "../local/queue/queue.ts";
import type { RecordsServer } from "../local/records-server.ts";
import type { LabAccount } from "./account.ts";
import type { LabCloudWatch } from "./cloudwatch.ts";
import type { LabIam } from "./iam.ts";
import type { LabRds } from "./rds/rds.ts";
import type { Recorded } from "./recorded.ts";
import type { LabSecrets } from "./secrets.ts";
import { listenerOf } from "./server.ts";
import { answerCloudFormation } from "./stack/cloudformation.ts";
import { answerStackEvents } from "./stack/events.ts";
import { answerQueues, answerScheduler, answerSns, answerSsm } from "./stack/others.ts";
import { answerLogs, answerPolicies } from "./stack/policies.ts";
import { answerSts } from "./sts.ts";

/** The parts that play the lab's AWS services. */
export interface LabServices {
  account: LabAccount;
  rds: LabRds;
  iam: LabIam;
  secrets: LabSecrets;
  cloudwatch: LabCloudWatch;
  bus: EventBus;
  /** Answers Lambda's Invoke. */
  lambda(request: Request): Promise<Response>;
  /** What is answered as it was elsewhere, if anything is. */
  recorded?: Recorded;
  /** Both are opened once the lab's address is known; `records` only if the lab has DynamoDB. */
  later(): { records?: RecordsServer; queues: readonly Queue[] };
}

/** What answers each service, by its name in a request's credential scope. */
export function awsListeners({
  account,
  rds,
  iam,
  secrets,
  cloudwatch,
  bus,
  lambda,
  later,
  recorded,
}: LabServices): Record<string, RequestListener> {
  const own: Record<string, (request: Request) => Promise<Response>> = {
    rds: (request) => rds.fetch(request),
    iam: async (request) => (await answerPolicies(account, request.clone())) ?? iam.fetch(request),
    logs: (request) => answerLogs(account, request),
    sts: answerSts,
    sqs: (request) => answerQueues(account, later().queues, request),
    lambda: lambda,
    events: (request) => answerStackEvents(account, bus, request),
    cloudformation: (request) => answerCloudFormation(account, request),
    scheduler: (request) => answerScheduler(account, request),
    sns: (request) => answerSns(account, request),
    ssm: (request) => answerSsm(account, request),
    secretsmanager: (request) => secrets.fetch(request),
    monitoring: (request) => cloudwatch.fetch(request),
  };
  const played = Object.entries(own).map(([name, answer]) => [
    name,
    listenerOf(async (request) => (await recorded?.(request)) ?? answer(request)),
  ]);
  const dynamodb: RequestListener = (request, response) => {
    const listener = later().records?.listener ?? NO_DYNAMODB;
    const isHidden = !account.indexShows && String(request.headers["x-amz-target"]).endsWith(".Query");
    return (isHidden ? NOTHING_FOUND : listener)(request, response);
  };
  return { ...Object.fromEntries(played), dynamodb };
}

/** What DynamoDB answers to a query that finds nothing. */
const NOTHING_FOUND = listenerOf(() => Response.json({ Items: [], Count: 0, ScannedCount: 0 }));

const NO_DYNAMODB = listenerOf(() => new Response("This lab has no DynamoDB: it was opened with records of its own.\n", { status: 400 }));
