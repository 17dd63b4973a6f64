import type { SlackErrorKind } from "./failure.ts";

/** What an error code of Slack's means for the guard. */
export interface Code {
  kind: SlackErrorKind;
  /** What a person has to do; for the kind "settings" alone. */
  remedy?: string;
  /** True if it speaks of the token, the workspace or Slack itself, so that another call fares no better. */
  ofAll?: true;
}

const TOKEN = "Correct the bot token in the Slack secret (Slack app, OAuth & Permissions, Bot User OAuth Token) and install the app again.";
const INVITE = "Invite the bot to the channel: /invite @<bot>.";
const ALLOWED = "A workspace administrator has to allow the app to post in this channel.";
const WORKSPACE = "A workspace administrator has to allow the app in this workspace.";
const CHANNEL = "Correct the setting for the Slack channel: an id such as C0123456789 of a channel that the bot can see.";
const ARCHIVED = "The channel is archived: set another Slack channel.";
const SHARED = "Administrators forbid this in channels that are shared with others: set a Slack channel of the workspace alone.";
const NO_GROUPS = "The workspace's Slack plan has no user groups. Name users in place of user groups in the setting for the operators.";
const LIMIT = "The workspace has reached the message limit of its Slack plan: a workspace administrator has to look at it.";

/** Heals by itself: tried again. */
const LATER = { kind: "later" } as const;
const LATER_OF_ALL = { kind: "later", ofAll: true } as const;
/** The message cannot be changed any more: posted anew. */
const GONE = { kind: "gone" } as const;
/** The guard sent what Slack does not take. */
const OURS = { kind: "ours" } as const;
const OURS_OF_ALL = { kind: "ours", ofAll: true } as const;
const settings = (remedy: string): Code => ({ kind: "settings", remedy });
const settingsOfAll = (remedy: string): Code => ({ kind: "settings", remedy, ofAll: true });

/**
 * Every error code that Slack documents for the methods that the guard calls, and some that it does not.
 *
 * Source: Slack Web API reference, "Errors" of auth.test, chat.delete, chat.postMessage, chat.update and usergroups.users.list, as of August 2026.
 */
export const CODES: Readonly<Record<string, Code>> = {
  access_denied: settingsOfAll(WORKSPACE),
  accesslimited: settingsOfAll(WORKSPACE),
  account_inactive: settingsOfAll(TOKEN),
  app_access_restricted: settingsOfAll(WORKSPACE),
  as_user_not_supported: OURS,
  attachment_payload_limit_exceeded: OURS,
  block_mismatch: GONE,
  blocked_file_type: OURS,
  cannot_reply_to_message: OURS,
  cant_broadcast_message: OURS,
  cant_delete_message: settings(ALLOWED),
  cant_update_message: GONE,
  channel_is_limited_access: settings(ALLOWED),
  channel_not_found: settings(CHANNEL),
  deprecated_endpoint: OURS_OF_ALL,
  draft_already_deleted: OURS,
  draft_already_sent: OURS,
  draft_has_conflict: OURS,
  draft_not_found: OURS,
  duplicate_channel_not_found: OURS,
  duplicate_message_not_found: OURS,
  edit_window_closed: GONE,
  ekm_access_denied: settingsOfAll("A workspace administrator has to allow the app to post."),
  enterprise_is_restricted: settingsOfAll(WORKSPACE),
  external_channel_migrating: LATER,
  fatal_error: LATER_OF_ALL,
  file_deleted: OURS,
  file_is_deleted: OURS,
  file_not_found: OURS,
  file_share_limit_reached: OURS,
  internal_error: LATER_OF_ALL,
  invalid_arg_name: OURS_OF_ALL,
  invalid_arguments: OURS,
  invalid_array_arg: OURS_OF_ALL,
  invalid_attachments: OURS,
  invalid_auth: settingsOfAll(TOKEN),
  invalid_blocks: OURS,
  invalid_blocks_format: OURS,
  invalid_charset: OURS_OF_ALL,
  invalid_cursor: OURS,
  invalid_form_data: OURS_OF_ALL,
  invalid_metadata_format: OURS,
  invalid_metadata_schema: OURS,
  invalid_post_type: OURS_OF_ALL,
  is_archived: settings(ARCHIVED),
  is_bot: settingsOfAll(TOKEN),
  is_inactive: settings(ARCHIVED),
  markdown_text_conflict: OURS,
  max_file_sharing_exceeded: OURS,
  message_limit_exceeded: settingsOfAll(LIMIT),
  message_not_found: GONE,
  messages_tab_disabled: settings(CHANNEL),
  metadata_must_be_sent_from_app: OURS,
  metadata_too_large: OURS,
  method_deprecated: OURS_OF_ALL,
  missing_file_data: OURS,
  missing_post_type: OURS_OF_ALL,
  missing_scope: settingsOfAll("Add the scope under OAuth & Permissions of the Slack app."),
  msg_blocks_too_long: OURS,
  msg_too_long: OURS,
  no_dual_broadcast_content_update: OURS,
  // Of an app that is in the workspace and not in the channel, says Slack.
  no_permission: settings(INVITE),
  no_such_subteam: settings("Slack knows no such user group: correct the setting for the operators."),
  no_text: OURS,
  not_allowed_token_type: settingsOfAll(TOKEN),
  not_authed: settingsOfAll(TOKEN),
  not_in_channel: settings(INVITE),
  // The workspace moves into an organisation.
  org_login_required: LATER_OF_ALL,
  plan_upgrade_required: settings(NO_GROUPS),
  posting_to_channel_denied: settings(ALLOWED),
  rate_limited: LATER_OF_ALL,
  ratelimited: LATER_OF_ALL,
  request_timeout: LATER_OF_ALL,
  restricted_action: settings(ALLOWED),
  restricted_action_non_threadable_channel: settings(ALLOWED),
  restricted_action_read_only_channel: settings(ALLOWED),
  restricted_action_thread_locked: settings(ALLOWED),
  restricted_action_thread_only_channel: settings(ALLOWED),
  send_on_behalf_not_allowed: OURS,
  service_unavailable: LATER_OF_ALL,
  slack_connect_blocked_file_type: settings(SHARED),
  slack_connect_canvas_sharing_blocked: settings(SHARED),
  slack_connect_clip_sharing_blocked: settings(SHARED),
  slack_connect_file_link_sharing_blocked: settings(SHARED),
  slack_connect_file_upload_sharing_blocked: settings(SHARED),
  slack_connect_lists_sharing_blocked: settings(SHARED),
  streaming_state_conflict: LATER,
  team_access_not_granted: settingsOfAll(WORKSPACE),
  team_added_to_org: LATER_OF_ALL,
  team_not_found: settings(CHANNEL),
  thread_not_found: GONE,
  token_expired: settingsOfAll(TOKEN),
  token_revoked: settingsOfAll(TOKEN),
  too_many_attachments: OURS,
  too_many_contact_cards: OURS,
  two_factor_setup_required: settingsOfAll("The person who installed the app has to set up two-factor authentication in Slack."),
  unable_to_share_files: OURS,
  unknown_method: OURS_OF_ALL,
  update_failed: LATER,
};

/** What the code means; one that nobody knows may go away, and may speak of what the call named. */
export const meaningOf = (code: string): Code => (Object.hasOwn(CODES, code) && CODES[code]) || LATER;
