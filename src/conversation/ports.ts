import type { Bus } from "../clients/bus.ts";
import type { Executions } from "../clients/executions.ts";
import type { Metrics } from "../clients/metrics.ts";
import type { RdsDescribe } from "../clients/rds/describe/describe.ts";
import type { Rds } from "../clients/rds/rds.ts";
import type { Records } from "../clients/records.ts";
import type { SlackPeople } from "../clients/slack/people.ts";
import type { Replies } from "../clients/slack/replies.ts";
import type { Slack } from "../clients/slack/slack.ts";
import type { Log } from "../clients/telemetry.ts";
import type { Form } from "../messages/form.ts";
import type { PlanSwitchoverPorts } from "../operations/switchover/ports.ts";
import type { Settings } from "../settings/settings.ts";

/** What answering people in Slack needs from the outside. */
export interface AnswerDependencies
  extends Pick<Settings, "operators" | "approvals" | "commandChannels" | "operations" | "principal">,
    Pick<PlanSwitchoverPorts, "isRunning"> {
  rds: Rds & Pick<RdsDescribe, "preflight">;
  /** Says how far green lags behind blue; nothing waits for it. */
  metrics: Pick<Metrics, "lag">;
  records: Records;
  bus: Pick<Bus, "request">;
  executions: Pick<Executions, "ownerOf" | "stop" | "wake">;
  slack: Slack;
  /** How its plans are written, with the account's name; as Slack's mrkdwn if omitted. */
  form?: Form;
  people: SlackPeople;
  replies: Replies;
  telemetry: { log: Log };
  time: { now(): number };
  /** Shows in the channel what has changed about a deployment; if omitted, the next sweep does. */
  tell?(deploymentId: string): Promise<void>;
}

/** What planning a switchover, and asking who holds a database, need from the outside. */
export function planningPorts({ rds, metrics, records, isRunning, time }: AnswerDependencies): PlanSwitchoverPorts {
  return { rds, metrics, records, isRunning, now: () => time.now() };
}
