import type { Context } from "aws-lambda";
import type { Executions } from "../../clients/executions.ts";
import type { Metrics } from "../../clients/metrics.ts";
import type { RdsDescribe } from "../../clients/rds/describe/describe.ts";
import type { Rds } from "../../clients/rds/rds.ts";
import type { Records } from "../../clients/records.ts";
import type { SlackPeople } from "../../clients/slack/people.ts";
import type { OwnSlack } from "../../clients/slack/slack.ts";
import type { Time } from "../../clients/time.ts";
import { type Ask, askAll, type SelfTestAnswer } from "./asking.ts";
import { eventsAsks, executionAsks, metricsAsks, peopleAsks, planAsks, rdsAsks, recordsAsks, secretAsks } from "./asks.ts";
import { channelAsks } from "./channel.ts";
import { type SelfTest, type SelfTestEvent, selfTestIn } from "./event.ts";
import { readHeard } from "./mark.ts";

/** What a function tests itself with: of RDS only what looks, so that nothing here can change a database. */
export interface SelfTestPorts {
  rds: Rds & Partial<RdsDescribe>;
  records: Records;
  slackAt: { token(): Promise<string> };
  time: Time;
  executions?: Pick<Executions, "read">;
  metrics?: Pick<Metrics, "lag">;
  people?: SlackPeople;
  /** The channel, for a test that a person allows. */
  trial?: OwnSlack;
  operators?: readonly string[];
  principal?: string;
}

/** The functions that test themselves, besides the entrance. */
export type SelfTestName = "watch" | "sweep" | "recreate" | "switchover" | "release" | "answer";

/** The functions whose roles may list events, besides those that plan. */
const READS_EVENTS: readonly SelfTestName[] = ["sweep", "switchover", "recreate", "answer"];
/** The functions whose roles may ask about executions; the watch function may only wake them. */
const READS_EXECUTIONS: readonly SelfTestName[] = ["sweep", "recreate", "switchover", "release", "answer"];
/** The function that posts in the channel if a person allows it: most of what the guard tells comes from there. */
const POSTS: SelfTestName = "watch";
const PLANS: readonly SelfTestName[] = ["recreate", "answer"];

/** The calls with which a function tests itself; `own` is its ARN. */
export function asksOf(name: SelfTestName, { id, executions = [], post }: SelfTest, ports: SelfTestPorts, own: string): Ask[] {
  const { rds, records, time, slackAt, people, operators = [], metrics, principal, trial } = ports;
  if (name === POSTS && post && trial) return channelAsks(trial);
  const now = () => time.now();
  const { engineVersion, preflight } = rds;
  return [
    ...recordsAsks(records, id, name, time),
    ...rdsAsks(rds, own),
    ...(READS_EVENTS.includes(name) ? eventsAsks(rds, now) : []),
    ...(PLANS.includes(name) && engineVersion && preflight && principal ? planAsks({ engineVersion, preflight }, principal, own) : []),
    ...(metrics ? metricsAsks(metrics, now) : []),
    ...(ports.executions && READS_EXECUTIONS.includes(name) ? executionAsks(ports.executions, executions) : []),
    ...secretAsks(() => slackAt.token()),
    ...(people ? peopleAsks(people, operators) : []),
    ...(name === "release" ? [heardAsk(id, records)] : []),
  ];
}

/** Says whether the release function has heard of the end of this run's second execution. */
const heardAsk = (id: string, records: Records): Ask => ({
  what: "what the rule for ended executions brought",
  async ask() {
    const heard = await readHeard(id, records);
    return heard ? `heard at ${new Date(heard.heardAt).toISOString()} of version ${heard.functionVersion}` : "nothing";
  },
});

/**
 * The same handler, which also tests its function's own calls when it is invoked for that.
 *
 * The test posts nothing unless it is asked to, and writes one item that expires; `ports` has nothing with which to change RDS.
 */
export function withSelfTest<Event, Result>(
  name: SelfTestName,
  ports: SelfTestPorts,
  handler: (event: Event, context: Context) => Promise<Result>,
): (event: Event | SelfTestEvent, context: Context) => Promise<Result | SelfTestAnswer> {
  return async (event, context) => {
    const asked = selfTestIn(event);
    if (!asked) return handler(event as Event, context);
    const asks = asksOf(name, asked, ports, context.invokedFunctionArn);
    return { selfTest: asked.id, asked: await askAll(asks, () => performance.now()) };
  };
}

/** What the entrance tests itself with. */
export interface EntranceAsks {
  signingSecret(signal: AbortSignal): Promise<string>;
  /** Asks Lambda whether the entrance may invoke the answer function, without invoking it. */
  mayHandOn(): Promise<void>;
}

/** As long as the entrance gives all its calls for one request. */
const BRIEFLY_MS = 2_000;

/** The same for the entrance, which reads the signing secret and may invoke the answer function. */
export function withEntranceSelfTest<Event, Result>(
  { signingSecret, mayHandOn }: EntranceAsks,
  handler: (event: Event) => Promise<Result>,
): (event: Event | SelfTestEvent) => Promise<Result | SelfTestAnswer> {
  return async (event) => {
    const asked = selfTestIn(event);
    if (!asked) return handler(event as Event);
    const asks: Ask[] = [
      ...secretAsks(() => signingSecret(AbortSignal.timeout(BRIEFLY_MS))),
      {
        what: "lambda:InvokeFunction of the answer function, as a dry run",
        ask: async () => mayHandOn().then(() => "allowed"),
      },
    ];
    return { selfTest: asked.id, asked: await askAll(asks, () => performance.now()) };
  };
}
