import { type Given, SETTINGS } from "../../../src/settings/given.ts";
import { refusalOf } from "../../../src/settings/kinds.ts";
import { VARIABLES } from "../../../src/settings/settings.ts";
import { Mistake } from "../mistake.ts";

/** Where in Slack a person has the doctor ask, and with which secret. */
export interface StatedSlack {
  apiUrl?: string;
  channel?: string;
  /** The secret's name or ARN. */
  secret?: string;
}

/** What the environment says of Slack, else the settings file: the same as for `hello`. @throws Mistake that names a wrong variable */
export function slackStated(environment: NodeJS.ProcessEnv, { slackApiUrl, slackChannel, slackSecret }: Given): StatedSlack {
  const apiUrl = said("slackApiUrl", environment) ?? slackApiUrl;
  const channel = said("slackChannel", environment) ?? slackChannel;
  const secret = said("slackSecret", environment) ?? (slackSecret === "create" ? undefined : slackSecret);
  return { ...(apiUrl && { apiUrl: SETTINGS.slackApiUrl.kind.finish(apiUrl) }), ...(channel && { channel }), ...(secret && { secret }) };
}

function said(name: "slackApiUrl" | "slackChannel" | "slackSecret", environment: NodeJS.ProcessEnv): string | undefined {
  const text = environment[VARIABLES[name]];
  if (!text) return undefined;
  const refusal = refusalOf(SETTINGS[name].kind, text, true);
  if (refusal) throw new Mistake(`${VARIABLES[name]} takes ${refusal.takes}; received "${text}".`);
  return text;
}
