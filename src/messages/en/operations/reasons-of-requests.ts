import type { OfRequests } from "../../../operations/says/reasons.ts";
import type { Words } from "../../form.ts";
import type { Telling } from "../../telling.ts";

/** Why a request does not begin, or its execution does not go on. */
export const OF_REQUESTS: Words<OfRequests, Telling> = {
  "no-such-request": () => "An event asked for an operation that the guard has not recorded: it does nothing.",
  "request-lost": () => "The guard has lost the request.",
  "request-ended": ({ at, how }, as) => `The request ended at ${as.time(at)}. ${as.said(how)}`,
  "not-approved": () => "The request was not approved.",
  "request-cancelled": ({ by }, as) => `The request was cancelled by ${as.person(by)}.`,
  "request-lapsed": ({ validUntil }, as) => `The request was valid until ${as.time(validUntil)}. Ask again.`,
  "request-unusable": () => "The request cannot be used.",
  "nothing-began": ({ validUntil, approved, next }, as) => {
    const why = approved ? "nothing had begun by then" : "nobody had approved it by then";
    return `The request was valid until ${as.time(validUntil)}, and ${why}. ${next ? as.why(next) : "Ask again."}`;
  },
  "decided-too-long-ago": ({ since }, as) =>
    `It was confirmed at ${as.time(since)}, and RDS has not accepted a first change within 30 minutes. Ask again.`,
  "claim-lost": ({ owner }) =>
    owner === undefined
      ? "The guard has released the database to other operations meanwhile, so this one stopped."
      : "Another operation has begun on the database meanwhile, so this one stopped.",
  "ended-already": ({ at }, as) => `It ended at ${as.time(at)}.`,
  "carried-out-by": ({ execution }) =>
    execution === undefined ? "Nothing carries it out any more." : "Another run carries it out already.",
  cancelled: ({ by, at }, as) => `${as.person(by)} cancelled it at ${as.time(at)}.`,
  "cancelled-before-its-beginning": ({ by }, as) => `${as.person(by)} cancelled it before it had begun.`,
  "broken-off": ({ status }, as) =>
    status === undefined
      ? "It ended without a report: Lambda does not know it any more."
      : `It ended without a report: Lambda says ${as.text(status, 60)}.`,
  "ended-by-force": ({ by, why }, as) => `${as.person(by)} ended it by force. ${as.why(why)}`,
  "not-on-the-bus": () => "The guard could not send it to its event bus, so it did not begin.",
  "nobody-to-approve": () => "The guard could not ask anybody to approve it.",
};
