import { slackError } from "../../../../src/clients/slack/error.ts";
import { SlackError } from "../../../../src/clients/slack/failure.ts";
import { createSlackPeople } from "../../../../src/clients/slack/people.ts";
import { createSlack, createWebClient } from "../../../../src/clients/slack/slack.ts";
import { header, message, section } from "../../../../src/messages/slack/message.ts";
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

const TEST = message("good", "A test of Blue/Green Guard", header("A test of Blue/Green Guard"), [
  section("`npx bluegreen-guard doctor --post` tries whether the guard can post, reply and change what it posted. It deletes this again."),
]);

/** Whether the guard's messages stand in the channel; asked only if a person allows it. */
export const slackChannel: DoctorCheck = {
  id: "slack-channel",
  asked: "Slack's chat.postMessage, a reply in the thread, chat.update and chat.delete in the channel",
  of: "account",
  applies: (visit) => hasSecret(visit) && visit.allowed.post,
  ask: (visit) =>
    withToken(visit, async (token) => {
      const channel = visit.stack?.variables["SLACK_CHANNEL"] ?? visit.given.slackChannel;
      if (channel === undefined)
        return unknown("no settings file names a channel", "Whether the guard can post is not known.", "State slackChannel.");
      const slack = createSlack({ ...visit.slack, channel, token: async () => token });
      const posted = await slack.post(TEST);
      const reply = await slack.post(TEST, { ts: posted.ts, broadcast: false });
      await slack.update(posted, TEST);
      const web = createWebClient(visit.slack);
      for (const { channel: at, ts } of [reply, posted]) {
        await web.chat.delete({ token, channel: at, ts }).catch((error: unknown) => {
          throw slackError("chat.delete", error);
        });
      }
      return pass(`posted, replied, changed and deleted in ${posted.channel}`, "The guard's cards and threads can stand there.");
    }),
};

function hasSecret({ given, stack }: Visit): boolean {
  return secretName(given.slackSecret, stack?.variables["SLACK_SECRET"]) !== undefined;
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
    return unknown(came, "What Slack says is not known.", "Run doctor again in a minute.");
  });
}
