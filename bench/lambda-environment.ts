import { SLACK_SECRET } from "../lab/secrets.ts";
import { deadLettersName, queueUrl } from "../local/queue/names.ts";
import { VARIABLES } from "../src/settings/settings.ts";

/** Where a function finds its AWS and Slack, and what is there. */
export interface FunctionSettings {
  /** The one address of AWS and Slack. */
  url: string;
  queue: string;
  table: string;
  bus: string;
  /** The channel's id. */
  channel: string;
}

/** The environment variables that a function of the guard reads itself. */
export function settingsFor({ url, queue, table, bus, channel }: FunctionSettings): Record<string, string> {
  return {
    [VARIABLES.slackChannel]: channel,
    [VARIABLES.slackSecret]: SLACK_SECRET,
    [VARIABLES.slackApiUrl]: `${url}/slack/api/`,
    [VARIABLES.table]: table,
    [VARIABLES.queueUrl]: queueUrl(url, queue),
    [VARIABLES.deadLettersUrl]: queueUrl(url, deadLettersName(queue)),
    [VARIABLES.bus]: bus,
    [VARIABLES.watch]: "all",
    [VARIABLES.stuckAfterHours]: "6",
  };
}

/** What Lambda itself puts into a function's environment. Source: AWS Lambda, "Defined runtime environment variables". */
export function lambdaEnvironment(functionName: string, taskRoot: string): Record<string, string> {
  return {
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_REGION: "ap-northeast-1",
    AWS_DEFAULT_REGION: "ap-northeast-1",
    LAMBDA_TASK_ROOT: taskRoot,
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    _HANDLER: "index.handler",
  };
}
