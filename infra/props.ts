import { Token } from "aws-cdk-lib";
import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { isChannelId, type Watch } from "../src/settings.ts";

/** What a `BlueGreenGuard` is made with. */
export interface BlueGreenGuardProps {
  /** The id of the Slack channel in which the guard speaks, such as C0123456789. Required; a name is refused. */
  readonly slackChannel: string;
  /**
   * The secret that holds `{"botToken": "xoxb-…"}`. Left out, an empty one is made, which outlives the stack: put the value in before
   * the first message.
   */
  readonly slackSecret?: ISecret;
  /**
   * Which deployments are watched: "all", or "tagged", those with the tag `bluegreen-guard:watch`. Left out, all of the account and
   * region.
   */
  readonly watch?: Watch;
  /** Hours without progress after which a creation is reported, 1 to 336. Left out, 6. */
  readonly stuckAfterHours?: number;
  /**
   * The topic that the alarms go to; CloudWatch must be allowed to publish to it. Left out, one is made where `alarmEmail` is given;
   * without either the alarms reach nobody, and synth warns.
   */
  readonly alarmTopic?: ITopic;
  /** The address that gets the alarms, once it has confirmed the subscription. Left out, nobody is subscribed. */
  readonly alarmEmail?: string;
  /** How long the functions' logs are kept. Left out, three months. */
  readonly logRetention?: RetentionDays;
}

/** Thrown at synth where a prop is refused: the message names the prop, what it takes and the value received. */
export class PropsError extends Error {
  override readonly name = "PropsError";
}

/** Checks what the types cannot, so that it fails at synth and not in AWS. @throws PropsError */
export function checkProps({ slackChannel, watch, stuckAfterHours, alarmEmail }: BlueGreenGuardProps): void {
  if (!Token.isUnresolved(slackChannel) && !isChannelId(slackChannel ?? "")) {
    throw refused("slackChannel", "a channel's id, such as C0123456789: in Slack, open the channel's details", slackChannel);
  }
  if (watch !== undefined && watch !== "all" && watch !== "tagged") throw refused("watch", '"all" or "tagged"', watch);
  if (stuckAfterHours !== undefined && !Token.isUnresolved(stuckAfterHours) && !(stuckAfterHours >= 1 && stuckAfterHours <= 336)) {
    throw refused("stuckAfterHours", "a number of hours, 1 to 336", stuckAfterHours);
  }
  if (alarmEmail !== undefined && !Token.isUnresolved(alarmEmail) && !/^[^@\s]+@[^@\s]+$/.test(alarmEmail)) {
    throw refused("alarmEmail", "an e-mail address", alarmEmail);
  }
}

const refused = (prop: string, takes: string, received: unknown) => new PropsError(`${prop} takes ${takes}; received "${received}".`);
