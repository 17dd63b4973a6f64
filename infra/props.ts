import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { OnDegraded, Watch } from "../src/settings/choices.ts";

/** The props of a `BlueGreenGuard`. */
export interface BlueGreenGuardProps {
  /** The id of the Slack channel that the guard posts in, such as C0123456789. Required; a name is not accepted. */
  readonly slackChannel: string;
  /**
   * Which deployments are told in another channel, as "PATTERN=CHANNEL": `*` and `?` stand for what is not known of a deployment's name, and
   * the first match wins. A deployment's tag `bluegreen-guard:channel` chooses among these channels. What needs a person is told in
   * the default channel, too. Left out, all are told in `slackChannel`.
   */
  readonly channels?: string[];
  /**
   * The secret that holds `{"botToken": "xoxb-…", "signingSecret": "…"}`. Left out, an empty one is made: put the value in before the first
   * message. The new secret outlives the stack.
   */
  readonly slackSecret?: ISecret;
  /** The address of Slack's API: for GovSlack "https://slack-gov.com/api/". Left out, that of slack.com. */
  readonly slackApiUrl?: string;
  /** What your people call the AWS account, such as "prod": messages say it before the account's id. Left out, the id alone. */
  readonly accountName?: string;
  /**
   * Which deployments of the account and region the guard watches: "all", or "tagged", those with the tag `bluegreen-guard:watch`. Left
   * out, "all".
   */
  readonly watch?: Watch;
  /** Hours without progress after which the guard reports a creation, 1 to 336. Left out, 6. */
  readonly stuckAfterHours?: number;
  /**
   * What the guard does about a deployment whose replication is degraded: "notify", "ask" (tell, and offer to recreate it), or "recreate"
   * (announce it, wait until there has been no new DDL, delete it with its green and create it again). Left out, "ask".
   */
  readonly onDegraded?: OnDegraded;
  /** Minutes without new DDL after which an automatic recreation starts, 1 to 120. Left out, 10. */
  readonly settleMinutes?: number;
  /** How many automatic recreations of one blue database may start within 24 hours, 1 to 20. Left out, 2. */
  readonly maxRecreatesPerDay?: number;
  /** Whether a deployment's tag `bluegreen-guard:on-degraded` may ask for more than `onDegraded`. Left out, false: only for less. */
  readonly tagMayRaise?: boolean;
  /**
   * False leaves out everything that recreates and switches over (functions, roles, alarms): for regions without Lambda durable functions,
   * and for a guard that cannot change anything in RDS. Left out, true.
   */
  readonly operations?: boolean;
  /**
   * Whether Slack sends commands and button presses to the guard, through a Function URL; false in regions that have none. Left out, true.
   */
  readonly commands?: boolean;
  /**
   * Ids of the Slack users (U…) and user groups (S…) who may ask the guard for changes. Left out, nobody may; everybody in the channel can
   * see how things stand and hold what the guard announces.
   */
  readonly operators?: string[];
  /** How many other operators must approve what an operator asks for in Slack, 0 or 1. Left out, 0. */
  readonly approvals?: 0 | 1;
  /** Ids of the Slack channels in which the guard takes commands. Left out, every channel of the workspace. */
  readonly commandChannels?: string[];
  /** Whether AWS X-Ray traces the functions; false in the regions in China, which have none. Left out, true. */
  readonly tracing?: boolean;
  /**
   * How many commands and presses the guard takes at once, 1 to 1,000, reserved out of the account's concurrency. Left out, none are
   * reserved.
   */
  readonly slackConcurrency?: number;
  /**
   * ARNs of the roles that databases use for Enhanced Monitoring, which the guard passes on to green; a database with another role is not
   * recreated. Left out, `role/rds-monitoring-role` alone, which the RDS console makes.
   */
  readonly monitoringRoleArns?: string[];
  /**
   * IAM patterns for the names of the databases that RDS may modify and delete for the guard. Left out, `*-green-*`, as RDS names green.
   * Any other pattern widens what the guard's role may delete.
   */
  readonly greenNames?: string[];
  /**
   * The topic that the alarms go to; CloudWatch must be allowed to publish to it. Left out, one is made if there is an `alarmEmail`;
   * without either, the alarms reach nobody, and synth warns.
   */
  readonly alarmTopic?: ITopic;
  /**
   * The email address that gets the alarms, once its owner has confirmed the subscription. Left out, nobody; synth warns where there is no
   * `alarmTopic` either.
   */
  readonly alarmEmail?: string;
  /** How long the functions' logs are retained. Left out, three months. */
  readonly logRetention?: RetentionDays;
}

/** Thrown at synth for a prop that is not allowed; the message names the prop, what it takes and the value received. */
export class PropsError extends Error {
  override readonly name = "PropsError";
}
