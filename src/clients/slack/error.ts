import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { SlackError } from "./failure.ts";

const TOKEN = "Correct the bot token in the Slack secret (Slack app, OAuth & Permissions, Bot User OAuth Token) and install the app again.";
const INVITE = "Invite the bot to the channel: /invite @<bot>.";
const ALLOWED = "A workspace administrator has to allow the app to post in this channel.";
const WORKSPACE = "A workspace administrator has to allow the app in this workspace.";
const NO_GROUPS = "Name users in place of user groups in the setting for the operators.";

/**
 * What to correct for errors that do not go away on their own.
 *
 * Source: Slack Web API reference, chat.postMessage, auth.test and usergroups.users.list, "Errors".
 */
const SETTINGS: Record<string, string> = {
  invalid_auth: TOKEN,
  not_authed: TOKEN,
  token_revoked: TOKEN,
  token_expired: TOKEN,
  account_inactive: TOKEN,
  not_allowed_token_type: TOKEN,
  two_factor_setup_required: "The person who installed the app has to set up two-factor authentication in Slack.",
  no_permission: INVITE,
  ekm_access_denied: "A workspace administrator has to allow the app to post.",
  team_access_not_granted: WORKSPACE,
  enterprise_is_restricted: WORKSPACE,
  accesslimited: WORKSPACE,
  access_denied: WORKSPACE,
  restricted_action: ALLOWED,
  restricted_action_read_only_channel: ALLOWED,
  restricted_action_thread_only_channel: ALLOWED,
  restricted_action_non_threadable_channel: ALLOWED,
  restricted_action_thread_locked: ALLOWED,
  channel_is_limited_access: ALLOWED,
  no_such_subteam: "Slack knows no such user group: correct the setting for the operators.",
  plan_upgrade_required: `The workspace's Slack plan has no user groups. ${NO_GROUPS}`,
  channel_not_found: "Correct the setting for the Slack channel: an id such as C0123456789 of a channel that the bot can see.",
  not_in_channel: INVITE,
  is_archived: "The channel is archived: set another Slack channel.",
  is_inactive: "The channel is archived: set another Slack channel.",
};

const GONE = new Set(["message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed"]);
const OURS = new Set([
  "msg_too_long",
  "msg_blocks_too_long",
  "invalid_blocks",
  "invalid_blocks_format",
  "invalid_attachments",
  "too_many_attachments",
  "no_text",
  "invalid_arguments",
  "markdown_text_conflict",
  "cannot_reply_to_message",
]);

/** Codes that speak of the token, the workspace or Slack itself, whatever the call named. Source: Slack Web API reference, "Errors". */
const OF_ALL = new Set([
  "invalid_auth",
  "not_authed",
  "token_revoked",
  "token_expired",
  "account_inactive",
  "not_allowed_token_type",
  "two_factor_setup_required",
  "missing_scope",
  "ekm_access_denied",
  "team_access_not_granted",
  "enterprise_is_restricted",
  "accesslimited",
  "access_denied",
  "org_login_required",
  "team_added_to_org",
  "ratelimited",
  "rate_limited",
  "internal_error",
  "fatal_error",
  "request_timeout",
  "service_unavailable",
]);

/** Translates what @slack/web-api throws. An unknown error may go away, so it counts as "later". */
export function slackError(method: string, error: unknown): SlackError {
  if (error instanceof WebAPIRateLimitedError) {
    return new SlackError("later", `Slack limits ${method}: try again in ${error.retryAfter} s.`, error, {
      retryAfterSeconds: error.retryAfter,
    });
  }
  if (error instanceof WebAPIPlatformError) return platformError(method, error);
  if (error instanceof WebAPIHTTPError) {
    return new SlackError("later", `Slack answered ${method} with HTTP ${error.statusCode}. It is tried again.`, error);
  }
  if (error instanceof WebAPIRequestError) {
    return new SlackError("later", `Slack did not answer ${method} (${whatFailed(error.original)}). It is tried again.`, error);
  }
  // A 429 without Retry-After arrives as a plain error.
  return new SlackError(
    "later",
    `Slack did not take ${method} (${error instanceof Error ? error.message : String(error)}). It is tried again.`,
    error,
  );
}

/** The innermost error's message, or its code: Node's error for several addresses has no message. */
function whatFailed(error: Error & { code?: string }): string {
  return error.cause instanceof Error ? whatFailed(error.cause) : error.message || error.code || error.name;
}

const CODE = /^[\w-]{1,100}$/;

function platformError(method: string, error: WebAPIPlatformError): SlackError {
  const { error: code } = error.data;
  // The SDK calls a page that came in place of an answer a code, too.
  if (!CODE.test(code)) return new SlackError("later", `Slack answered ${method} with what is no JSON. It is tried again.`, error);
  const ofAddress = !OF_ALL.has(code);
  const setting = code === "missing_scope" ? scopeWords(method, error.data) : Object.hasOwn(SETTINGS, code) && SETTINGS[code];
  if (setting) return new SlackError("settings", `Slack refused ${method}: ${code}. ${setting}`, error, { ofAddress });
  if (GONE.has(code))
    return new SlackError(
      "gone",
      `Slack refused ${method}: ${code}. The message was deleted or cannot be changed any more; it is posted anew.`,
      error,
    );
  const details = (error.data.response_metadata?.messages ?? []).map((it) => `${it} `).join("");
  if (OURS.has(code))
    return new SlackError("ours", `Slack refused the guard's message in ${method}: ${code}. ${details}Please report this.`, error, {
      ofAddress,
    });
  return new SlackError("later", `Slack refused ${method}: ${code}. It is tried again.`, error, { ofAddress });
}

/** The scope that Slack names as needed, which other clients saw it do (activepieces/activepieces issue 6958); else the one that the call needs. */
function scopeWords(method: string, answer: object): string {
  const named = "needed" in answer && typeof answer.needed === "string" ? answer.needed : undefined;
  const scope = named ?? (method.startsWith("usergroups.") ? "usergroups:read" : "chat:write");
  return `Add the scope under OAuth & Permissions of the Slack app (${scope}) and install the app again.`;
}
