import { SettingsError } from "./settings-error.ts";
import { answer, slackSecret } from "./table.ts";

/** The settings of the function to which Slack sends commands. */
export interface EntranceSettings {
  /** Name or ARN of the secret. */
  slackSecret: string;
  /** Name of the answer function. */
  answer: string;
  /** Region, endpoint and credentials, as Lambda sets them. Source: Lambda developer guide, "Defined runtime environment variables". */
  aws: { region: string; endpoint?: string; credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } };
}

/** Reads the entrance's settings without loading anything slow. @throws SettingsError that names every missing variable. */
export function readEntranceSettings(environment: Record<string, string | undefined> = process.env): EntranceSettings {
  const missing: string[] = [];
  function read(name: string): string {
    const value = environment[name] ?? "";
    if (value === "") missing.push(name);
    return value;
  }
  const settings = {
    slackSecret: read(slackSecret.variable),
    answer: read(answer.variable),
    aws: {
      region: read("AWS_REGION"),
      endpoint: environment["AWS_ENDPOINT_URL"] || undefined,
      credentials: {
        accessKeyId: read("AWS_ACCESS_KEY_ID"),
        secretAccessKey: read("AWS_SECRET_ACCESS_KEY"),
        sessionToken: environment["AWS_SESSION_TOKEN"],
      },
    },
  };
  if (missing.length > 0) throw new SettingsError(missing.map((name) => `${name} is not set.`).join(" "));
  return settings;
}
