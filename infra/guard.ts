import { Duration } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { EventBus, type IEventBus } from "aws-cdk-lib/aws-events";
import type { Grant, IGrantable } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { BATCHES } from "../src/handlers/backoff.ts";
import { Alarms } from "./alarms/alarms.ts";
import { noteProps } from "./cautions.ts";
import { type CompleteProps, completeProps } from "./check-props.ts";
import { dashboard } from "./dashboard.ts";
import { environmentOf } from "./environment.ts";
import { EventRoutes } from "./event-routes.ts";
import { GuardFunction, type GuardFunctionCommon } from "./guard-function.ts";
import { letEndExecutions, letWakeExecutions, Operations } from "./operations.ts";
import { grantAll, operatorPermissions } from "./operator.ts";
import { nameOutputs } from "./outputs.ts";
import { type Resources, sweepPermissions, watchPermissions } from "./permissions/permissions.ts";
import { type BlueGreenGuardProps, PropsError } from "./props.ts";
import { EventQueue } from "./queues.ts";
import { recordsTable } from "./records-table.ts";
import { SlackCommands } from "./slack-commands.ts";
import { emptySlackSecret } from "./slack-secret.ts";
import { SweepSchedule } from "./sweep-schedule.ts";
import { Webhook } from "./webhook.ts";

/** The name of the event bus that the guard publishes facts on; an account and region can have one guard. */
export const BUS_NAME = "bluegreen-guard";

const WATCH_TIMEOUT = Duration.seconds(60);
const SWEEP_TIMEOUT = Duration.seconds(180);

/**
 * Watches the blue/green deployments of the stack's account and region, tells a Slack channel what happened and what to do next, recreates
 * a degraded deployment when a person asks for it or `onDegraded` says so, and switches over when a person asks for it.
 *
 * Throws at synth if a prop is not allowed.
 */
export class BlueGreenGuard extends Construct {
  /** The bus with the facts, for rules of your own. */
  readonly bus: IEventBus;
  /** The secret that holds the Slack token: the one given, or the empty one that was created. */
  readonly slackSecret: ISecret;
  /** What the guard has reported about each deployment, and what was requested. */
  readonly table: ITable;
  readonly watch: IFunction;
  readonly sweep: IFunction;
  /** The durable function that recreates; absent without operations. */
  readonly recreate?: IFunction;
  /** The durable function that switches over; absent without operations. */
  readonly switchover?: IFunction;
  /** The function that Slack sends commands to; absent without commands. */
  readonly slack?: IFunction;
  /** The function that answers them; absent without commands. */
  readonly answer?: IFunction;
  readonly #resources: Resources;
  readonly #operations?: Operations;

  constructor(scope: Construct, id: string, props: BlueGreenGuardProps) {
    super(scope, id);
    const complete = completeProps(props);
    noteProps(this, complete);
    this.bus = new EventBus(this, "Bus", { eventBusName: BUS_NAME });
    this.slackSecret = props.slackSecret ?? emptySlackSecret(this, "SlackSecret");
    this.table = recordsTable(this, "Records");
    const events = new EventQueue(this, "Events", WATCH_TIMEOUT);
    this.#resources = { table: this.table, events, bus: this.bus, slackSecret: this.slackSecret };
    const common = commonOf(this, this.#resources, complete);
    const { watch, sweep } = makeFunctions(this, common);
    this.watch = watch.handler;
    this.sweep = sweep.handler;
    watch.handler.addEventSourceMapping("Events", {
      eventSourceArn: events.queue.queueArn,
      reportBatchItemFailures: true,
      batchSize: BATCHES.batchSize,
      maxBatchingWindow: Duration.seconds(BATCHES.windowSeconds),
      maxConcurrency: BATCHES.maxConcurrency,
    });
    const routes = new EventRoutes(this, "Routes", events.queue);
    const schedule = new SweepSchedule(this, "Schedule", sweep.handler);
    if (complete.operations) this.#operations = makeOperations(this, common, complete);
    if (this.#operations) letEndExecutions(sweep, this.#operations);
    if (this.#operations) letWakeExecutions(watch, this.#operations);
    this.recreate = this.#operations?.functions.recreate.handler;
    this.switchover = this.#operations?.functions.switchover.handler;
    const { slackConcurrency: reservedConcurrency } = props;
    const webhook = complete.webhookSecret && new Webhook(this, "Webhook", { common, secret: complete.webhookSecret });
    const commands = complete.commands
      ? new SlackCommands(this, "Commands", { common, operations: this.#operations, reservedConcurrency })
      : undefined;
    this.slack = commands?.slack.handler;
    this.answer = commands?.answer.handler;

    const deadLetters = { events: events.deadLetters, deliveries: routes.deadLetters, sweeps: schedule.deadLetters };
    const observed = {
      watch: watch.handler,
      sweep: sweep.handler,
      queue: events.queue,
      deadLetters,
      operations: this.#operations,
      commands,
      webhook,
    };
    const alarms = new Alarms(this, "Alarms", observed, props);
    dashboard(this, "Dashboard", observed, alarms.all);
    nameOutputs(this, {
      SlackSecret: this.slackSecret.secretArn,
      Table: this.table.tableName,
      WatchLogs: watch.logs.logGroupName,
      SweepLogs: sweep.logs.logGroupName,
      Watch: watch.handler.functionName,
      Sweep: sweep.handler.functionName,
      ...queueOutputs(events, deadLetters),
      ...(this.#operations && operationOutputs(this.#operations)),
      ...(commands && commandOutputs(commands)),
      ...(webhook && webhookOutputs(webhook)),
    });
  }

  /**
   * Lets a person's role ask the guard for operations at a terminal and follow them. The role only writes down requests that the person has
   * confirmed; the guard's own role carries them out.
   *
   * @throws PropsError without operations; Error for a grantee that has no policies, such as a service.
   */
  grantOperator(grantee: IGrantable): Grant {
    if (!this.#operations) throw new PropsError("grantOperator needs operations, which this guard was made without.");
    return grantAll(grantee, operatorPermissions(this, this.#resources, this.#operations));
  }
}

function commonOf(scope: Construct, resources: Resources, props: CompleteProps): GuardFunctionCommon {
  return { resources, environment: environmentOf(scope, resources, props), logRetention: props.logRetention, tracing: props.tracing };
}

function makeFunctions(scope: Construct, common: GuardFunctionCommon) {
  const watch = new GuardFunction(scope, "Watch", {
    ...common,
    name: "watch",
    description: "Blue/Green Guard: takes RDS events and tells Slack",
    timeout: WATCH_TIMEOUT,
    permissions: watchPermissions(common.resources),
  });
  const sweep = new GuardFunction(scope, "Sweep", {
    ...common,
    name: "sweep",
    description: "Blue/Green Guard: tells what no RDS event said",
    timeout: SWEEP_TIMEOUT,
    permissions: sweepPermissions(common.resources),
  });
  return { watch, sweep };
}

function makeOperations(scope: Construct, common: GuardFunctionCommon, props: CompleteProps): Operations {
  const { greenNames, monitoringRoleArns } = props;
  return new Operations(scope, "Operations", { common, bus: common.resources.bus, greenNames, monitoringRoleArns });
}

function operationOutputs({ functions, release, deadLetters }: Operations): Record<string, string> {
  const all = Object.entries({ ...functions, release });
  const titled = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1);
  return Object.fromEntries([
    ...all.flatMap(([name, { handler, logs }]) => [
      [titled(name), handler.functionName],
      [`${titled(name)}Logs`, logs.logGroupName],
    ]),
    ...Object.entries(deadLetters).map(([name, { queueUrl }]) => [`${titled(name)}DeadLetters`, queueUrl]),
  ]);
}

function queueOutputs({ queue }: EventQueue, { events, deliveries, sweeps }: Record<"events" | "deliveries" | "sweeps", IQueue>) {
  return {
    Queue: queue.queueUrl,
    EventDeadLetters: events.queueUrl,
    DeliveryDeadLetters: deliveries.queueUrl,
    SweepDeadLetters: sweeps.queueUrl,
  };
}

function webhookOutputs({ webhook, facts }: Webhook): Record<string, string> {
  return {
    Webhook: webhook.handler.functionName,
    WebhookLogs: webhook.logs.logGroupName,
    WebhookQueue: facts.queue.queueUrl,
    WebhookDeadLetters: facts.deadLetters.queueUrl,
  };
}

function commandOutputs({ slack, answer, url, deadLetters }: SlackCommands): Record<string, string> {
  return {
    SlackUrl: url.url,
    Slack: slack.handler.functionName,
    SlackLogs: slack.logs.logGroupName,
    Answer: answer.handler.functionName,
    AnswerLogs: answer.logs.logGroupName,
    AnswerDeadLetters: deadLetters.queueUrl,
  };
}
