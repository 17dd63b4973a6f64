/** True for a Slack channel's id, such as C0123456789; false for a channel's name. Source: Slack, "Conversations API", channel ids. */
export function isChannelId(text: string): boolean {
  return /^[CG][A-Z0-9]{7,}$/.test(text);
}

/** True for the id of a Slack user (U…, W…) or user group (S…); false for a name. Source: Slack, "Object types", ids. */
export function isOperatorId(text: string): boolean {
  return /^[UWS][A-Z0-9]{3,}$/.test(text);
}
