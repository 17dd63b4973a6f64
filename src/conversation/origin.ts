import type { Installation } from "../clients/slack/people.ts";

/** Where in Slack a command or a press comes from, and whose it is; ids of workspaces begin with T, of organisations with E. */
export interface Origin {
  /** The workspace in which it was typed or pressed; absent where Slack names none. */
  workspace?: string;
  /** The organisation of that workspace. */
  organisation?: string;
  /** The person's own workspace or organisation, which Slack says of a press alone. */
  home?: string;
}

/** Whether the guard's app is installed where it came from: in that workspace, or in the whole organisation. */
export function isWhereInstalled({ workspace, organisation }: Origin, installed: Installation): boolean {
  return installed.inOrganisation
    ? organisation !== undefined && organisation === installed.organisation
    : workspace === installed.workspace;
}

/**
 * Whether somebody belongs to those who installed the app. In a channel shared with others, everybody presses the same buttons: the
 * workspace of a press is then the app's own, and only the person's home tells them apart.
 *
 * A home in another workspace is a stranger's for an app outside any organisation. Within one it can be a colleague's too, which no
 * payload says: `unknown`. Sources: Slack, "block_suggestion payload", `user`; slackapi/bolt-js issue 1875; slackapi/java-slack-sdk issue 1041.
 */
export function belongs({ home }: Origin, installed: Installation): "yes" | "no" | "unknown" {
  if (home === undefined || home === installed.workspace || home === installed.organisation) return "yes";
  return installed.organisation === undefined || home.startsWith("E") ? "no" : "unknown";
}
