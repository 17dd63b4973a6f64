import { asBot, createWebClient, type SlackOptions } from "./slack.ts";

/** Where the app is installed; ids of workspaces begin with T, of organisations with E. */
export interface Installation {
  workspace: string;
  /** The organisation of which the workspace is; absent outside Slack Enterprise. */
  organisation?: string;
  /** True if the app is installed for the whole organisation, in place of one workspace. */
  inOrganisation: boolean;
}

/** Who is who in Slack. Every call throws a SlackError if Slack refuses or does not answer in time. */
export interface SlackPeople {
  /** Where the bot is installed. */
  installation(): Promise<Installation>;
  /** The ids of the users in a user group; needs the scope usergroups:read. */
  members(group: string): Promise<string[]>;
}

/** Creates the client of people and groups. */
export function createSlackPeople({ token, ...options }: Omit<SlackOptions, "channel">): SlackPeople {
  const web = createWebClient(options);
  return {
    async installation() {
      const answer = await asBot("auth.test", token, (it) => web.auth.test({ token: it }));
      // Installed for an organisation, it has the organisation's id in both. Source: lobu-ai/lobu pull request 3047.
      const { team_id: workspace = "", enterprise_id: organisation, is_enterprise_install: inOrganisation = false } = answer;
      return { workspace, ...(organisation && { organisation }), inOrganisation };
    },
    async members(usergroup) {
      const answer = await asBot("usergroups.users.list", token, (it) => web.usergroups.users.list({ token: it, usergroup }));
      return answer.users ?? [];
    },
  };
}
