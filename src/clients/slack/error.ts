import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { meaningOf } from "./codes.ts";
import { SlackError } from "./failure.ts";

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
  const { error: code, response_metadata } = error.data;
  // The SDK calls a page that came in place of an answer a code, too.
  if (!CODE.test(code)) return new SlackError("later", `Slack answered ${method} with what is no JSON. It is tried again.`, error);
  const { kind, remedy = "", ofAll } = meaningOf(code);
  const details = (response_metadata?.messages ?? []).map((it) => `${it} `).join("");
  const next = {
    settings: code === "missing_scope" ? scopeWords(method, error.data) : remedy,
    gone: "The message was deleted or cannot be changed any more; it is posted anew.",
    ours: `${details}Please report this.`,
    later: "It is tried again.",
  };
  const what = kind === "ours" ? "what the guard sent in " : "";
  return new SlackError(kind, `Slack refused ${what}${method}: ${code}. ${next[kind]}`, error, { ofAddress: kind !== "gone" && !ofAll });
}

/** The scope that Slack names as needed, which it may leave out, else the method's own; and those that the app has. Source: activepieces/activepieces issue 6958. */
function scopeWords(method: string, answer: object): string {
  const own = method.startsWith("usergroups.") ? "usergroups:read" : "chat:write";
  const { needed = own, provided } = answer as { needed?: string; provided?: string };
  const has = provided === undefined ? "" : ` It has ${provided === "" ? "none" : provided}.`;
  return `Add the scope under OAuth & Permissions of the Slack app (${needed}) and install the app again.${has}`;
}
