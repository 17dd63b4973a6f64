import type { Bus } from "../clients/bus.ts";
import type { Executions } from "../clients/executions.ts";
import type { Rds } from "../clients/rds.ts";
import type { RdsDescribe } from "../clients/rds-describe.ts";
import type { Records } from "../clients/records.ts";
import type { Replies } from "../clients/replies.ts";
import type { Slack } from "../clients/slack.ts";
import type { SlackPeople } from "../clients/slack-people.ts";
import type { Settings } from "../settings.ts";
import type { Log } from "./telemetry.ts";

/** What answering people in Slack needs of the outside. */
export interface AnswerDependencies extends Pick<Settings, "operators" | "approvals" | "channels" | "operations" | "principal"> {
  rds: Rds & Pick<RdsDescribe, "preflight">;
  records: Records;
  bus: Pick<Bus, "request">;
  slack: Slack;
  people: SlackPeople;
  replies: Replies;
  executions: Executions;
  telemetry: { log: Log };
  time: { now(): number };
}

/** One line for whoever asks later who did what: who, what, on what, and what came of it. */
export function audit({ telemetry }: Pick<AnswerDependencies, "telemetry">, what: string, details: Record<string, unknown>): void {
  telemetry.log.info("Audit", { what, via: "slack", ...details });
}
