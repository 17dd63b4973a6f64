import { Duration } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { EventBus, type IEventBus } from "aws-cdk-lib/aws-events";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { VARIABLES } from "../src/settings.ts";
import { Alarms } from "./alarms.ts";
import { dashboard } from "./dashboard.ts";
import { EventRoutes } from "./event-routes.ts";
import { GuardFunction } from "./guard-function.ts";
import { POWERTOOLS } from "./metrics.ts";
import { nameOutputs } from "./outputs.ts";
import { type Resources, sweepPermissions, watchPermissions } from "./permissions.ts";
import { type BlueGreenGuardProps, checkProps } from "./props.ts";
import { EventQueue } from "./queues.ts";
import { recordsTable } from "./records-table.ts";
import { emptySlackSecret } from "./slack-secret.ts";
import { SweepSchedule } from "./sweep-schedule.ts";

/** The name of the event bus on which the guard publishes facts: one guard an account and region. */
export const BUS_NAME = "bluegreen-guard";

const WATCH_TIMEOUT = Duration.seconds(60);
const SWEEP_TIMEOUT = Duration.seconds(180);

/**
 * Watches the blue/green deployments of the stack's account and region, and tells a Slack channel what happened and what to do next.
 *
 * It changes nothing in RDS. Throws at synth where a prop is refused.
 */
export class BlueGreenGuard extends Construct {
  /** The bus with the facts, to hang rules of one's own on. */
  readonly bus: IEventBus;
  /** What holds the Slack token: the secret given, or the empty one that was made. */
  readonly slackSecret: ISecret;
  /** What was told of each deployment. */
  readonly table: ITable;
  readonly watch: IFunction;
  readonly sweep: IFunction;

  constructor(scope: Construct, id: string, props: BlueGreenGuardProps) {
    super(scope, id);
    checkProps(props);
    this.bus = new EventBus(this, "Bus", { eventBusName: BUS_NAME });
    this.slackSecret = props.slackSecret ?? emptySlackSecret(this, "SlackSecret");
    this.table = recordsTable(this, "Records");
    const events = new EventQueue(this, "Events", WATCH_TIMEOUT);
    const resources = { table: this.table, events, bus: this.bus, slackSecret: this.slackSecret };
    const { watch, sweep } = makeFunctions(this, resources, props);
    this.watch = watch.handler;
    this.sweep = sweep.handler;

    watch.handler.addEventSourceMapping("Events", {
      eventSourceArn: events.queue.queueArn,
      reportBatchItemFailures: true,
      maxConcurrency: 2,
    });
    const routes = new EventRoutes(this, "Routes", events.queue);
    const schedule = new SweepSchedule(this, "Schedule", sweep.handler);

    const deadLetters = { events: events.deadLetters, deliveries: routes.deadLetters, sweeps: schedule.deadLetters };
    const observed = { watch: watch.handler, sweep: sweep.handler, queue: events.queue, deadLetters };
    const alarms = new Alarms(this, "Alarms", observed, props);
    dashboard(this, "Dashboard", observed, alarms.all);
    nameOutputs(this, {
      SlackSecret: this.slackSecret.secretArn,
      Table: this.table.tableName,
      WatchLogs: watch.logs.logGroupName,
      SweepLogs: sweep.logs.logGroupName,
      Watch: watch.handler.functionName,
      Sweep: sweep.handler.functionName,
      Queue: events.queue.queueUrl,
      EventDeadLetters: deadLetters.events.queueUrl,
      DeliveryDeadLetters: deadLetters.deliveries.queueUrl,
      SweepDeadLetters: deadLetters.sweeps.queueUrl,
    });
  }
}

function makeFunctions(scope: Construct, resources: Resources, props: BlueGreenGuardProps) {
  const common = {
    resources,
    environment: environmentOf(resources, props),
    logRetention: props.logRetention ?? RetentionDays.THREE_MONTHS,
  };
  const watch = new GuardFunction(scope, "Watch", {
    ...common,
    name: "watch",
    description: "Blue/Green Guard: takes RDS events and tells Slack",
    timeout: WATCH_TIMEOUT,
    permissions: watchPermissions(resources),
  });
  const sweep = new GuardFunction(scope, "Sweep", {
    ...common,
    name: "sweep",
    description: "Blue/Green Guard: tells what no RDS event said",
    timeout: SWEEP_TIMEOUT,
    permissions: sweepPermissions(),
  });
  if (resources.slackSecret.encryptionKey) {
    for (const { handler } of [watch, sweep]) resources.slackSecret.encryptionKey.grantDecrypt(handler);
  }
  return { watch, sweep };
}

function environmentOf({ table, events, bus, slackSecret }: Resources, props: BlueGreenGuardProps): Record<string, string> {
  return {
    [VARIABLES.slackChannel]: props.slackChannel,
    [VARIABLES.slackSecret]: slackSecret.secretArn,
    [VARIABLES.table]: table.tableName,
    [VARIABLES.queueUrl]: events.queue.queueUrl,
    [VARIABLES.deadLettersUrl]: events.deadLetters.queueUrl,
    [VARIABLES.bus]: bus.eventBusName,
    [VARIABLES.watch]: props.watch ?? "all",
    [VARIABLES.stuckAfterHours]: String(props.stuckAfterHours ?? 6),
    ...POWERTOOLS,
  };
}
