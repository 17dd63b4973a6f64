import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { OnDegraded, Watch } from "../src/settings/choices.ts";

/** What a `BlueGreenGuard` is made with. */
export interface BlueGreenGuardProps {
  /** The id of the Slack channel in which the guard speaks, such as C0123456789. Required; a name is refused. */
  readonly slackChannel: string;
  /**
   * The secret that holds `{"botToken": "xoxb-…", "signingSecret": "…"}`. Left out, an empty one is made: put the value in before the
   * first message. That one outlives the stack.
   */
  readonly slackSecret?: ISecret;
  /**
   * Which deployments of the account and region are watched: "all", or "tagged", those with the tag `bluegreen-guard:watch`. Left out,
   * "all".
   */
  readonly watch?: Watch;
  /** Hours without progress after which a creation is reported, 1 to 336. Left out, 6. */
  readonly stuckAfterHours?: number;
  /**
   * What is done about a deployment whose replication is degraded: "notify", "ask" (tell, and offer to recreate it), or "recreate"
   * (announce it, wait until no new DDL was seen, delete it with its green and create it again). Left out, "ask".
   */
  readonly onDegraded?: OnDegraded;
  /** Minutes without new DDL after which an automatic recreation begins, 1 to 120. Left out, 10. */
  readonly settleMinutes?: number;
  /** How many recreations of one blue database begin by themselves within 24 hours, 1 to 20. Left out, 2. */
  readonly maxRecreatesPerDay?: number;
  /** Whether a deployment's tag `bluegreen-guard:on-degraded` may ask for more than `onDegraded`. Left out, false: for less alone. */
  readonly tagMayRaise?: boolean;
  /**
   * False leaves out all that recreates: functions, roles, alarms; for regions without Lambda durable functions, and for a guard that
   * can change nothing in RDS. Left out, true.
   */
  readonly operations?: boolean;
  /** Whether Slack sends commands and presses to the guard, through a Function URL. Left out, true. */
  readonly commands?: boolean;
  /**
   * Ids of the Slack users (U…) and user groups (S…) who may have the guard change something. Left out, nobody may; everybody in the
   * channel may see how things stand, and hold what the guard announces.
   */
  readonly operators?: string[];
  /** How many other operators have to approve what one asks for in Slack, 0 or 1. Left out, 0. */
  readonly approvals?: 0 | 1;
  /** Ids of the Slack channels in which commands are taken. Left out, every channel of the workspace. */
  readonly commandChannels?: string[];
  /** How many commands and presses are taken at once, 1 to 1,000, reserved out of the account's. Left out, none are reserved. */
  readonly slackConcurrency?: number;
  /**
   * ARNs of the roles that databases use for Enhanced Monitoring, which the guard passes on to green. Left out, none: a database with
   * Enhanced Monitoring is not recreated.
   */
  readonly monitoringRoleArns?: string[];
  /**
   * Names of the databases that RDS may modify and delete for the guard, as patterns of IAM. Left out, `*-green-*`, as RDS names green.
   * Any other pattern widens what the guard's role may delete.
   */
  readonly greenNames?: string[];
  /**
   * The topic that the alarms go to; CloudWatch must be allowed to publish to it. Left out, one is made if there is an `alarmEmail`;
   * without either the alarms reach nobody, and synth warns.
   */
  readonly alarmTopic?: ITopic;
  /**
   * The address that gets the alarms, once it has confirmed the subscription. Left out, nobody; synth warns where there is no `alarmTopic`
   * either.
   */
  readonly alarmEmail?: string;
  /** How long the functions' logs are kept. Left out, three months. */
  readonly logRetention?: RetentionDays;
}

/** Thrown at synth where a prop is refused: the message names the prop, what it takes and the value received. */
export class PropsError extends Error {
  override readonly name = "PropsError";
}
