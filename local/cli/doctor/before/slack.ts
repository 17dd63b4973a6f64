import { WebAPIRequestError } from "@slack/web-api";
import { slackError } from "../../../../src/clients/slack/error.ts";
import { SlackError } from "../../../../src/clients/slack/failure.ts";
import { createSlackPeople } from "../../../../src/clients/slack/people.ts";
import { createSlack, createWebClient } from "../../../../src/clients/slack/slack.ts";
import { IN_CHANNEL, tryChannel } from "../../../../src/handlers/self-test/channel.ts";
import { type DoctorCheck, type Finding, fail, pass, unknown } from "../check.ts";
import { readSecret, secretName } from "../secret.ts";
import type { Visit } from "../visit.ts";

const GROUP = /^S/;

const operatorsOf = ({ given, stack }: Visit): string[] =>
  stack?.variables["SLACK_OPERATORS"]?.split(",").filter(Boolean) ?? (Array.isArray(given.operators) ? given.operators : []);

/** Whether the token's bot may do what the guard does. */
export const slackBot: DoctorCheck = {
  id: "slack-bot",
  asked: "Slack's auth.test: which bot and workspace the token is of, and which scopes it has",
  of: "account",
  applies: hasSecret,
  ask: (visit) => withToken(visit, (token) => botFinding(token, visit)),
};

async function botFinding(token: string, visit: Visit): Promise<Finding> {
  const web = createWebClient(visit.slack);
  const answer = await web.auth.test({ token }).catch((error: unknown) => {
    throw slackError("auth.test", error);
  });
  const scopes = answer.response_metadata?.scopes ?? [];
  const needed = [
    "chat:write",
    ...(visit.given.commands === false ? [] : ["commands"]),
    ...(operatorsOf(visit).some((it) => GROUP.test(it)) ? ["usergroups:read"] : []),
  ];
  const missing = needed.filter((scope) => !scopes.includes(scope));
  const where = answer.is_enterprise_install
    ? `an organisation (${answer.enterprise_id})`
    : `the workspace ${answer.team} (${answer.team_id})`;
  const came = `@${answer.user} in ${where}, scopes ${scopes.join(", ") || "none"}`;
  const grid = answer.enterprise_id ? " The workspace belongs to an Enterprise Grid organisation." : "";
  if (missing.length === 0) return pass(came, `These are all that the guard needs.${grid}`);
  return fail(
    came,
    `It lacks ${missing.join(", ")}.${grid}`,
    "Add what is missing under OAuth & Permissions of the Slack app, and install the app again.",
  );
}

/** Whether Slack says who is in the operators' user groups. */
export const slackGroups: DoctorCheck = {
  id: "slack-groups",
  asked: "Slack's usergroups.users.list: who is in each user group of operators",
  of: "account",
  applies: (visit) => hasSecret(visit) && operatorsOf(visit).some((it) => GROUP.test(it)),
  ask: (visit) =>
    withToken(visit, async (token) => {
      const people = createSlackPeople({ ...visit.slack, token: async () => token });
      const counts: string[] = [];
      for (const group of operatorsOf(visit).filter((it) => GROUP.test(it))) {
        const { length } = await people.members(group);
        counts.push(`${length} in ${group}`);
        if (length === 0)
          return fail(counts.join(", "), "Nobody of that group can have something changed.", `Add members to ${group}, or name others.`);
      }
      return pass(counts.join(", "), "They can have something changed.");
    }),
};

/** Whether the guard's messages stand in each of its channels; asked only if a person allows it. */
export const slackChannel: DoctorCheck = {
  id: "slack-channel",
  asked: `${IN_CHANNEL}, with your own credentials for the secret`,
  of: "account",
  applies: (visit) => hasSecret(visit) && visit.allowed.post,
  ask: (visit) =>
    withToken(visit, async (token) => {
      const channels = channelsOf(visit);
      if (channels.length === 0)
        return unknown("no settings file names a channel", "Whether the guard can post is not known.", "State slackChannel.");
      const tried: string[] = [];
      for (const channel of channels) tried.push(await tryChannel(createSlack({ ...visit.slack, channel, token: async () => token })));
      return pass(tried.join("; "), CAN_STAND);
    }),
};

/** The default channel, and the others that are set. */
function channelsOf({ stack, given }: Visit): string[] {
  const byDefault = stack?.variables["SLACK_CHANNEL"] ?? given.slackChannel;
  const routes = stack ? (stack.variables["SLACK_CHANNELS"]?.split(",") ?? []) : (given.channels ?? []);
  const all = [byDefault, ...routes.map((it) => it.split("=")[1])];
  return [...new Set(all.filter((it) => it !== undefined && it !== ""))] as string[];
}

/** What it means that the channel took the test. */
export const CAN_STAND = "The guard's cards and threads can stand there.";

function hasSecret({ given, stack }: Visit): boolean {
  return secretName(given.slackSecret, stack?.variables["SLACK_SECRET"]) !== undefined;
}

/** What to do if Slack may answer later, or cannot be reached at all. */
function laterRemedy({ cause }: SlackError, { slack: { apiUrl } }: Visit): string {
  if (!(cause instanceof WebAPIRequestError)) return "Run doctor again in a minute.";
  const where = apiUrl === undefined ? "Slack" : `Slack at ${apiUrl}, which SLACK_API_URL or the setting slackApiUrl names,`;
  return `${where} cannot be reached from this computer: look at the network, at a proxy and at the address. Then run doctor again.`;
}

async function withToken(visit: Visit, ask: (token: string) => Promise<Finding>): Promise<Finding> {
  const name = secretName(visit.given.slackSecret, visit.stack?.variables["SLACK_SECRET"]) ?? "";
  const { botToken } = (await readSecret(name, visit.light).catch(() => undefined)) ?? {};
  if (botToken === undefined)
    return unknown("there is no token to ask with", "What Slack says is not known.", "See the line about the secret.");
  return ask(botToken).catch((error: unknown) => {
    if (!(error instanceof SlackError)) throw error;
    const [came = "", ...todo] = error.message.split(/(?<=\.) /);
    if (error.kind === "settings") return fail(came, "The guard cannot do this in Slack.", todo.join(" "));
    return unknown(came, "What Slack says is not known.", laterRemedy(error, visit));
  });
}
