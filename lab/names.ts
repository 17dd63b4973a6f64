import { ACCOUNT } from "../local/queue/names.ts";

/** The name that the guard's resources derive from. */
export const NAME = "bluegreen-guard";
/** The guard's queue of events. */
export const QUEUE = `${NAME}-events`;
/** The queue of facts for the webhook. */
export const WEBHOOK_QUEUE = `${NAME}-webhook`;
/** The secret with the webhook's address and key. */
export const WEBHOOK_SECRET = `${NAME}/webhook`;
/** The function that answers what Slack sends. */
export const ANSWER = `${NAME}-answer`;
/** The role whose permissions a plan checks. */
export const PRINCIPAL = `arn:aws:iam::${ACCOUNT}:role/${NAME}-recreate`;
