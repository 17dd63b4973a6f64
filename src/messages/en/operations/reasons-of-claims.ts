import { utcTime } from "../../../deployments/time-words.ts";
import type { Claims } from "../../../standing/claimed.ts";
import type { Words } from "../../form.ts";
import type { Telling } from "../../telling.ts";

/** Why nothing else may begin on a blue database. */
export const OF_CLAIMS: Words<Claims, Telling> = {
  "no-resource-id": () =>
    "RDS did not show the blue database with its resource id, so it is not certain that nothing else works on it. Try again in a minute.",
  "at-work": ({ since, operation, owner }, as) =>
    `Since ${as.text(since)} a ${as.text(operation)} is at work on this database (${as.text(owner)}). Wait until it has ended.`,
  undecided: ({ since, operation, how }, as) =>
    `Of a ${as.text(operation)} that began at ${as.text(since)} it is not clear how it ended, and a person has to decide: ${as.said(how)}`,
  quiet: ({ by, until }, as) =>
    `${as.person(by)} ended an operation on this database by force: nothing begins on it before ${as.text(utcTime(until))}.`,
  "quiet-until-its-end": ({ by }, as) =>
    `${as.person(by)} ended an operation on this database by force: nothing begins on it before its end, and for ten minutes from then on.`,
  "left-open": ({ operation, since }, as) =>
    `The execution of a ${as.text(operation)} that began at ${as.text(since)} has ended, and it is not clear how the ${as.text(operation)} did: its thread says so within five minutes.`,
};
