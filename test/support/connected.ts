import { SLACK_SECRET } from "../../lab/secrets.ts";
import type { AwsOptions } from "../../src/clients/aws.ts";
import type { Records } from "../../src/clients/records.ts";
import { logOnly } from "../../src/clients/telemetry.ts";
import { connect, OPERATION_TELLS_MS, rdsAt, withMetrics } from "../../src/handlers/connect.ts";
import { DEFAULTS } from "../../src/settings/settings.ts";
import type { TestLab } from "./lab/stage.ts";

/** What a test can set differently from the lab. */
export interface ConnectedOptions {
  /** The address of the lab's AWS and Slack. */
  url?: string;
  records?: Records;
  aws?: Partial<AwsOptions>;
}

/** The guard over the lab's wire and records, apart from the lab's own. */
export function connectedTo(lab: TestLab, { url = lab.url, records = lab.records, ...options }: ConnectedOptions = {}) {
  const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };
  const aws = { endpoint: url, region: "ap-northeast-1", credentials, ...options.aws };
  const write = (message: string, details: Record<string, unknown>) => void lab.logged.push({ message, details });
  const channel = lab.slack.channels[0]?.id ?? "";
  const name = "bluegreen-guard";
  const guard = connect(
    { ...DEFAULTS, table: name, bus: name, slackChannel: channel, slackSecret: SLACK_SECRET, slackApiUrl: `${url}/slack/api/` },
    {
      aws,
      rds: rdsAt(aws),
      records,
      telemetry: logOnly({ info: write, error: write }),
      time: lab.clock,
    },
  );
  return { ...withMetrics(guard), isRunning: async (_execution: string) => true, tellBudgetMs: OPERATION_TELLS_MS };
}
