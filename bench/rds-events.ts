import { randomUUID } from "node:crypto";
import type { SQSRecord } from "aws-lambda";
import { REGION, type Seeded } from "./seed-deployments.ts";

const MINUTE_MS = 60_000;
const BETWEEN_DEPLOYMENTS_MS = 1_000;
const DETAIL_TYPES = { BLUE_GREEN_DEPLOYMENT: "RDS Blue Green Deployment Event", DB_INSTANCE: "RDS DB Instance Event" };

/** One sort of event. */
interface Sort {
  type: keyof typeof DETAIL_TYPES;
  about: keyof Seeded;
  eventId?: string;
  message: string;
}

const TASKS_COMPLETED: Sort = {
  type: "BLUE_GREEN_DEPLOYMENT",
  about: "id",
  eventId: "RDS-EVENT-0244",
  message:
    "Blue/green deployment tasks completed. You can make more modifications to the green environment databases or switch over the deployment.",
};
const STOPPED: Sort = { type: "DB_INSTANCE", about: "greenWriter", eventId: "RDS-EVENT-0045", message: "Replication has stopped." };
const RESUMED: Sort = {
  type: "DB_INSTANCE",
  about: "greenWriter",
  eventId: "RDS-EVENT-0046",
  message: "Replication for the Read Replica resumed",
};
const DDL_ON_BLUE: Sort = {
  type: "DB_INSTANCE",
  about: "blueWriter",
  message:
    "Data definition language (DDL) changes aren't supported for blue/green deployments. Replication from the blue environment to the green environment has been degraded. See the engine log for the timestamp 2024-02-06-01.",
};
const DEGRADED: Sort = { type: "DB_INSTANCE", about: "greenWriter", message: "Replication has been degraded." };
const SOMETHING_ELSE: Sort = {
  type: "BLUE_GREEN_DEPLOYMENT",
  about: "id",
  eventId: "RDS-EVENT-9999",
  message: "A sentence that no rule of the guard reads.",
};

/** The ten events of a deployment in a storm, with the minute of each: eight that differ, a duplicate of the first and one of DDL on blue. */
const STORM: readonly [Sort, minute: number][] = [
  [TASKS_COMPLETED, 0],
  [TASKS_COMPLETED, 0],
  [STOPPED, 1],
  [RESUMED, 2],
  [STOPPED, 21],
  [RESUMED, 22],
  [DDL_ON_BLUE, 30],
  [DEGRADED, 30.1],
  [DDL_ON_BLUE, 30],
  [SOMETHING_ELSE, 40],
];

const AFTERWARDS = [STOPPED, RESUMED, SOMETHING_ELSE];

/** The bodies of the messages of a storm, ten of each deployment since `from` (milliseconds since 1970), in the order of their time. */
export function stormBodies(deployments: readonly Seeded[], from: number): string[] {
  const events = STORM.flatMap(([sort, minute]) =>
    deployments.map((it, index) => ({ sort, it, at: from + minute * MINUTE_MS + index * BETWEEN_DEPLOYMENTS_MS })),
  );
  return events.toSorted((a, b) => a.at - b.at).map(({ sort, it, at }) => bodyOf(sort, it, at));
}

/** The body of the `turn`th event of a deployment that is told one event at a time: each is a fact of its own, 11 minutes after the last. */
export function nextBody(deployment: Seeded, turn: number, from: number): string {
  const sort = turn === 0 ? TASKS_COMPLETED : AFTERWARDS[turn % AFTERWARDS.length];
  return bodyOf(sort ?? SOMETHING_ELSE, deployment, from + turn * 11 * MINUTE_MS);
}

/** The body of an event that says that DDL on blue has ruined the deployment, `turn` times 11 minutes after `from`. */
export function ddlBody(deployment: Seeded, turn: number, from: number): string {
  return bodyOf(DDL_ON_BLUE, deployment, from + turn * 11 * MINUTE_MS);
}

function bodyOf({ type, about, eventId, message }: Sort, deployment: Seeded, at: number): string {
  const date = new Date(at).toISOString();
  return JSON.stringify({
    version: "0",
    id: randomUUID(),
    "detail-type": DETAIL_TYPES[type],
    source: "aws.rds",
    account: "123456789012",
    time: `${date.slice(0, 19)}Z`,
    region: REGION,
    resources: [],
    detail: {
      EventCategories: ["empty"],
      SourceType: type,
      Date: date,
      Message: message,
      SourceIdentifier: deployment[about],
      EventID: eventId,
    },
  });
}

/** A message with that body as Lambda gives it to a function. */
export function sqsRecord(body: string, id: string, receiveCount: number): SQSRecord {
  return {
    messageId: id,
    receiptHandle: id,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: "0",
      SenderId: "bench",
      ApproximateFirstReceiveTimestamp: "0",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:${REGION}:123456789012:events`,
    awsRegion: REGION,
  };
}
