import { ACCOUNT } from "../local/queue/names.ts";

/** What the guard's resources are named after. */
export const NAME = "bluegreen-guard";
/** The guard's queue of events. */
export const QUEUE = `${NAME}-events`;
/** The function that answers what Slack sends. */
export const ANSWER = `${NAME}-answer`;
/** The role whose permissions a plan looks at. */
export const PRINCIPAL = `arn:aws:iam::${ACCOUNT}:role/${NAME}-recreate`;
