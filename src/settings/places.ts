import type { Setting } from "./setting.ts";

/** The name of the function that answers Slack. */
export const answer = { variable: "ANSWER_FUNCTION", kind: { is: "text" } } as const satisfies Setting;

/** The webhook's secret, by name or ARN: the webhook function alone reads it. */
export const webhookSecret = { variable: "WEBHOOK_SECRET", kind: { is: "text" } } as const satisfies Setting;

const isUrl = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);
const A_URL = "a URL that begins with https:// or http://";

/** Where the functions find their resources; the stack sets these, not a prop. */
export const PLACES = {
  table: { variable: "TABLE_NAME", kind: { is: "text" } },
  queueUrl: { variable: "QUEUE_URL", kind: { is: "text", takes: A_URL, fits: isUrl } },
  deadLettersUrl: { variable: "DEAD_LETTER_QUEUE_URL", kind: { is: "text", takes: A_URL, fits: isUrl } },
  bus: { variable: "EVENT_BUS_NAME", kind: { is: "text" } },
  /** Whether every fact goes to the event bus: there is a webhook. */
  allOnBus: { variable: "ALL_FACTS_ON_BUS", kind: { is: "truth" }, unset: "nothing" },
  /** ARN of the role that creates deployments, whose permissions are checked before a deletion. */
  principal: { variable: "PRINCIPAL_ARN", kind: { is: "text" }, unset: "nothing" },
} as const satisfies Record<string, Setting & { variable: string }>;

/** How the terminal finds a deployed guard. */
export const TERMINAL = {
  /** If left out, the terminal does the work itself. */
  table: { variable: "BLUEGREEN_GUARD_TABLE", kind: { is: "text" }, unset: "nothing" },
  bus: { variable: "BLUEGREEN_GUARD_BUS", kind: { is: "text" }, default: "bluegreen-guard" },
} as const satisfies Record<string, Setting & { variable: string }>;
