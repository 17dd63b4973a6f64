import { slackError } from "./error.ts";
import { createWebClient, type SlackOptions } from "./slack.ts";

/** Who is who in Slack. Every call throws a SlackError where Slack refuses or does not answer in time. */
export interface SlackPeople {
  /** The id of the workspace in which the bot is installed. */
  workspace(): Promise<string>;
  /** The ids of the users in a user group; needs the scope usergroups:read. */
  members(group: string): Promise<string[]>;
}

/** Makes the client of people and groups. */
export function createSlackPeople({ token, ...options }: Omit<SlackOptions, "channel">): SlackPeople {
  const web = createWebClient(options);
  return {
    async workspace() {
      const answer = await web.auth.test({ token: await token() }).catch(refused("auth.test"));
      return answer.team_id ?? "";
    },
    async members(usergroup) {
      const answer = await web.usergroups.users.list({ token: await token(), usergroup }).catch(refused("usergroups.users.list"));
      return answer.users ?? [];
    },
  };
}

const refused = (method: string) => (error: unknown) => {
  throw slackError(method, error);
};
