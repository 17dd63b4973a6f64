import type { Claims } from "../../../standing/claimed.ts";
import type { Words } from "../../form.ts";
import type { Telling } from "../../telling.ts";
import { operationWords } from "./names.ts";

/** Why nothing else may begin on a blue database. */
export const OF_CLAIMS: Words<Claims, Telling> = {
  "no-resource-id": () =>
    "RDS did not show the blue database with its resource id, so another operation may be under way on it. Try again in a minute.",
  "at-work": ({ since, operation }, as) =>
    `A ${operationWords(operation).noun} of this database is under way since ${as.time(since)}: nothing else may begin before it has ended.`,
  undecided: ({ since, operation, how }, as) =>
    `It is not known how a ${operationWords(operation).noun} ended that began at ${as.time(since)}, and a person has to look. ${as.said(how)}`,
  quiet: ({ by, until }, as) =>
    `${as.person(by)} ended an operation on this database by force: nothing may begin on it before ${as.clock(until)}.`,
  "quiet-until-its-end": ({ by }, as) =>
    `${as.person(by)} ended an operation on this database by force: nothing may begin on it until that has ended, and for ten minutes after.`,
  "left-open": ({ operation, since }, as) =>
    `A ${operationWords(operation).noun} that began at ${as.time(since)} has stopped without a report: its thread says within five minutes how things stand.`,
};
