import type { OfRequests } from "../../../operations/says/reasons.ts";
import type { Words } from "../../form.ts";
import type { Telling } from "../../telling.ts";

/** Why a request does not begin, or its execution does not go on. */
export const OF_REQUESTS: Words<OfRequests, Telling> = {
  "no-such-request": ({ requestId }, as) => `There is no request ${as.text(requestId)}. Nothing is done on an event's word alone.`,
  "request-lost": ({ requestId }, as) => `The request ${requestId === undefined ? "" : `${as.text(requestId)} `}is not there any more.`,
  "request-ended": ({ at, how }, as) => `The request ended at ${as.text(at)}: ${as.said(how)}`,
  "not-approved": () => "The request was not approved.",
  "request-cancelled": ({ by }, as) => `The request was cancelled by ${as.person(by)}.`,
  "request-lapsed": ({ validUntil }, as) => `The request was valid until ${as.time(validUntil)}. Ask again.`,
  "request-unusable": () => "The request cannot be used.",
  "nothing-began": ({ validUntil, approved, next }, as) => {
    const why = approved ? "nothing had begun by then" : "nobody had approved it by then";
    return `The request was valid until ${as.text(validUntil)}, and ${why}. ${next ? as.why(next) : "Ask again."}`;
  },
  "decided-too-long-ago": ({ since }, as) =>
    `It was decided at ${as.text(since)}, and RDS has not accepted a first change within 30 minutes. Ask again.`,
  "claim-lost": ({ owner }, as) => `Its claim on the database is held by ${owner === undefined ? "nobody" : as.text(owner)} now.`,
  "ended-already": ({ at }, as) => `It ended at ${as.text(at)}.`,
  "carried-out-by": ({ execution }, as) => `It is carried out by ${execution === undefined ? "nobody" : as.text(execution)} now.`,
  cancelled: ({ by, at }, as) => `${as.person(by)} cancelled it at ${as.text(at)}.`,
  "cancelled-before-its-beginning": ({ by }, as) => `${as.person(by)} cancelled it before it had begun.`,
  "broken-off": ({ execution, status }, as) =>
    `${status === undefined ? "There is no such execution as its own" : `Its execution is ${as.text(status)}`} (${as.text(execution)}).`,
  "ended-by-force": ({ by, why }, as) => `${as.person(by)} ended it by force. ${as.why(why)}`,
  "not-on-the-bus": () => "The guard could not put it on its event bus, so it was not begun.",
  "nobody-to-approve": () => "Nobody could be asked to approve it.",
};
