import type { Severity } from "../../rules/rule.ts";
import type { Form } from "../form.ts";
import { SEVERITY_WORD } from "./severity.ts";

/** What is said while very many deployments have news at once. */
export const STORM = {
  title: (count: number, watched: number): string => `${count} of ${watched} deployments have news at once`,
  count: (severity: Severity, count: number, as: Form): string => `${as.strong(SEVERITY_WORD[severity])} ${count}`,
  first: (shown: number, all: number): string => (shown < all ? `The ${shown} most urgent:` : "The most urgent first:"),
  follow: (minutes: number): string =>
    `Their own cards follow, the most urgent first: about ${minutes} min at Slack's pace. This message changes until then.`,
  over: (most: number): string => `${most} deployments had news at once: all of it is told`,
  afterwards: "Each deployment's own card says how it stands now.",
};
