import type { RequestListener } from "node:http";
import { createLabCloudWatch } from "../lab/cloudwatch.ts";
import { createLabRds, type LabEnvelope, type LabRds } from "../lab/rds/rds.ts";
import { addressOf, listenerOf, startServer } from "../lab/server.ts";
import { createLabSlack, type LabSlack } from "../lab/slack/slack.ts";
import { VirtualClock } from "../local/clock.ts";
import { EventBus } from "../local/event-bridge/event-bus.ts";
import { answerEvents } from "../local/event-bridge/events-server.ts";
import { ACCOUNT } from "../local/queue/names.ts";
import { ensureTable, openRecordsServer } from "../local/records-server.ts";
import { awsAt, BUS, TABLES, TOKEN } from "./playground.ts";
import { REGION } from "./seed-deployments.ts";

/** The part that plays AWS and Slack on one address. */
export interface MakeBelieve {
  clock: VirtualClock;
  rds: LabRds;
  slack: LabSlack;
  url: string;
  /** The id of Slack's channel. */
  channel: string;
}

/** Differences from the default. */
export interface MakeBelieveOptions {
  /** Intercepts the calls of a service, named as in a request's credential scope or `slack`; nothing does if left out. */
  around?(listener: RequestListener, service: string): RequestListener;
  /** Hears of every event of RDS as EventBridge delivers it. */
  deliver?(event: LabEnvelope): Promise<void>;
  /** What answers for other services of AWS, by the name in a request's credential scope. */
  others?: Record<string, RequestListener>;
}

/** Opens RDS, DynamoDB with the bench's tables, EventBridge, CloudWatch and Slack, on a virtual clock that begins at `at` (ISO 8601). */
export async function makeBelieve(
  at: string,
  { around = (it) => it, others = {}, deliver = async () => {} }: MakeBelieveOptions = {},
): Promise<MakeBelieve> {
  const clock = new VirtualClock(Date.parse(at));
  const rds = createLabRds({ clock, region: REGION, deliver });
  const slack = createLabSlack({ clock, token: TOKEN });
  const records = openRecordsServer();
  const cloudwatch = createLabCloudWatch({ now: () => clock.now(), lagAt: rds.lagAt });
  const bus = new EventBus({ name: BUS, account: ACCOUNT, region: REGION, now: () => clock.now() });
  const listeners: Record<string, RequestListener> = {
    rds: listenerOf((request) => rds.fetch(request)),
    dynamodb: records.listener,
    events: listenerOf((request) => answerEvents(bus, request)),
    monitoring: listenerOf((request) => cloudwatch.fetch(request)),
    ...others,
  };
  const aws = Object.fromEntries(Object.entries(listeners).map(([service, listener]) => [service, around(listener, service)]));
  const other = around(
    listenerOf((request) => slack.fetch(request)),
    "slack",
  );
  const url = addressOf(await startServer(0, () => ({ aws, other })));
  for (const table of Object.values(TABLES)) await ensureTable(table, awsAt(url));
  return { clock, rds, slack, url, channel: slack.channels[0]?.id ?? "" };
}
