import { type LambdaAws, readLambdaAws, traceOf } from "./lambda.ts";
import { answer } from "./places.ts";
import { SettingsError } from "./settings-error.ts";
import { slackSecret } from "./slack-table.ts";

/** The settings of the function to which Slack sends commands. */
export interface EntranceSettings {
  /** Name or ARN of the secret. */
  slackSecret: string;
  /** Name of the answer function. */
  answer: string;
  aws: LambdaAws;
  /** The trace of the invocation under way, which log lines name. */
  trace(): string | undefined;
}

/** Reads the entrance's settings without loading anything slow. @throws SettingsError that names every missing variable. */
export function readEntranceSettings(environment: Record<string, string | undefined> = process.env): EntranceSettings {
  const own = { slackSecret: slackSecret.variable, answer: answer.variable };
  const missing = Object.values(own).filter((name) => !environment[name]);
  if (missing.length > 0) throw new SettingsError(missing.map((name) => `${name} is not set.`).join(" "));
  const [secret = "", name = ""] = Object.values(own).map((variable) => environment[variable]);
  return { slackSecret: secret, answer: name, aws: readLambdaAws(environment), trace: () => traceOf(environment) };
}
