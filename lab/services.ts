import type { RequestListener } from "node:http";
import type { EventBus } from "../local/event-bridge/event-bus.ts";
import { answerEvents } from "../local/event-bridge/events-server.ts";
import type { Queue } from "../local/queue/queue.ts";
import { answerSqs } from "../local/queue/sqs.ts";
import type { RecordsServer } from "../local/records-server.ts";
import type { LabCloudWatch } from "./cloudwatch.ts";
import type { LabIam } from "./iam.ts";
import type { LabRds } from "./rds/rds.ts";
import type { LabSecrets } from "./secrets.ts";
import { listenerOf } from "./server.ts";
import { answerSts } from "./sts.ts";

/** The parts that play the lab's AWS services. */
export interface LabServices {
  rds: LabRds;
  iam: LabIam;
  secrets: LabSecrets;
  cloudwatch: LabCloudWatch;
  bus: EventBus;
  /** Answers Lambda's Invoke. */
  lambda(request: Request): Promise<Response>;
  /** Both are opened once the lab's address is known; `records` only if the lab has DynamoDB. */
  later(): { records?: RecordsServer; queue: Queue };
}

/** What answers each service, by its name in a request's credential scope. */
export function awsListeners({ rds, iam, secrets, cloudwatch, bus, lambda, later }: LabServices): Record<string, RequestListener> {
  return {
    rds: listenerOf((request) => rds.fetch(request)),
    iam: listenerOf((request) => iam.fetch(request)),
    sts: listenerOf(answerSts),
    sqs: listenerOf((request) => answerSqs(later().queue, request)),
    lambda: listenerOf(lambda),
    events: listenerOf((request) => answerEvents(bus, request)),
    secretsmanager: listenerOf((request) => secrets.fetch(request)),
    monitoring: listenerOf((request) => cloudwatch.fetch(request)),
    dynamodb: (request, response) => (later().records?.listener ?? NO_DYNAMODB)(request, response),
  };
}

const NO_DYNAMODB = listenerOf(() => new Response("This lab has no DynamoDB: it was opened with records of its own.\n", { status: 400 }));
