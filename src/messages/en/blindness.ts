import type { Form } from "../form.ts";

/** What is said where a terminal watches, and its looks do not see the deployments. */
export const BLINDNESS = {
  again: (machine: string, as: Form): string => `The watch on ${as.text(machine, 90)} sees the deployments again`,
  meanwhile: (since: string, until: string, as: Form): string =>
    `It did not from ${as.time(since)} to ${as.time(until)}. What happened meanwhile is told, as far as RDS still lists it.`,
  since: (machine: string, since: string, as: Form): string =>
    `The watch on ${as.text(machine, 90)} has seen no deployment since ${as.time(since)}: its cards are out of date`,
  triesAgain: "It tries again at each look. This message changes once it sees them again.",
};
