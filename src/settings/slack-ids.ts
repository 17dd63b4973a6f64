/** A Slack channel's id, such as C0123456789; not a channel's name. Source: Slack, "Conversations API", channel ids. */
export const CHANNEL_ID = /^[CG][A-Z0-9]{7,}$/;

/** A pattern of deployments' names and a channel's id, such as orders-*=C0123456789. */
export const CHANNEL_ROUTE = /^[A-Za-z0-9*?-]+=[CG][A-Z0-9]{7,}$/;

/** The id of a Slack user (U…, W…) or user group (S…); not a name. Source: Slack, "Object types", ids. */
export const OPERATOR_ID = /^[UWS][A-Z0-9]{3,}$/;

/** How soon a person has to come, and the id of a Slack user or user group, such as now=S0123456789. */
export const MENTION = /^(now|later)=[UWS][A-Z0-9]{3,}$/;
