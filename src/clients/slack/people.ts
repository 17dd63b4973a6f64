import { asBot, createWebClient, type SlackOptions } from "./slack.ts";

/** Who is who in Slack. Every call throws a SlackError if Slack refuses or does not answer in time. */
export interface SlackPeople {
  /** The id of the workspace in which the bot is installed. */
  workspace(): Promise<string>;
  /** The ids of the users in a user group; needs the scope usergroups:read. */
  members(group: string): Promise<string[]>;
}

/** Creates the client of people and groups. */
export function createSlackPeople({ token, ...options }: Omit<SlackOptions, "channel">): SlackPeople {
  const web = createWebClient(options);
  return {
    async workspace() {
      const answer = await asBot("auth.test", token, (it) => web.auth.test({ token: it }));
      return answer.team_id ?? "";
    },
    async members(usergroup) {
      const answer = await asBot("usergroups.users.list", token, (it) => web.usergroups.users.list({ token: it, usergroup }));
      return answer.users ?? [];
    },
  };
}
