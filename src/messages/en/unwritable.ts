import type { Form } from "../form.ts";

/** What is said where the table does not take what the guard knows of a deployment. */
export const UNWRITABLE = {
  title: (what: string, as: Form): string =>
    `The guard cannot save what it knows of ${as.text(what, 90)}: from now on it may say nothing about it`,
  why: (why: string, as: Form): string => `DynamoDB refuses its record: ${as.text(why, 500)}`,
  next: (what: string, as: Form): string => `Look in the RDS console how ${as.text(what, 90)} stands before you do anything with it.`,
  runbook: "The runbook's article “Unwritable records” says what to do. This is said once an hour while it lasts.",
};
