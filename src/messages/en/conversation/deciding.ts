import type { Decisions } from "../../../operations/says/decision.ts";
import type { Answers } from "../../answers.ts";
import { say, type Words } from "../../form.ts";
import { saidWords } from "../operations/said.ts";

/** How it was decided whether a confirmed request begins. */
export const DECISIONS: Words<Decisions> = {
  "approved-and-begins": ({ by }, as) => `Approved by ${as.person(by)}: it begins.`,
  approved: ({ by, ended }, as) => `Approved by ${as.person(by)}.${ended ? ` ${saidWords(ended, as)}` : ""}`,
  rejected: ({ by }, as) => `Rejected by ${as.person(by)}: nothing was changed.`,
  stopped: ({ by }, as) => `Stopped by ${as.person(by)}: nothing was changed.`,
  "rejected-or-stopped": ({ by }, as) => `Rejected or stopped by ${as.person(by)}: nothing was changed.`,
  ended: ({ how }, as) => saidWords(how, as),
  // Green may be production by the time that somebody reads it: how it stands says whether it can be recreated.
  "not-answered": ({ operation, name, again }, as) => {
    const next =
      operation === "recreate" ? `${as.command("status", name)} says how it stands now` : `${as.command(operation, name)} asks again`;
    return `Nobody answered within 30 minutes; nothing ${again ? "more " : ""}was done. ${next}.`;
  },
};

type OfDeciding = Pick<
  Answers,
  | "outdated-button"
  | "not-going-to-begin"
  | "has-begun"
  | "held"
  | "asker-cannot-approve"
  | "asker-is-no-operator"
  | "asker-unknown"
  | "decided-already"
  | "rejected"
  | "taken"
  | "taken-already"
>;

/** What a press of a button that decides is answered. */
export const OF_DECIDING: Words<OfDeciding> = {
  "outdated-button": () => "This button belongs to an outdated message, so nothing was done.",
  "not-going-to-begin": () => "It will not begin any more: it was put on hold, or has ended.",
  "has-begun": () => "It has begun.",
  held: ({ name }, as) => `On hold: the guard does not recreate ${as.code(name, 90)} by itself until a person has recreated it.`,
  "asker-cannot-approve": () => "You asked for this, so you cannot approve it: another operator has to.",
  "asker-is-no-operator": ({ asker }, as) =>
    `${as.person(asker)} is no operator any more, so nothing was done. An operator has to ask for it anew.`,
  "asker-unknown": ({ asker }, as) => `Slack did not say whether ${as.person(asker)} is an operator still, so nothing was done.`,
  "decided-already": ({ how }, as) => `It is decided already. ${say(DECISIONS, how, as)}`,
  rejected: () => "Rejected: nothing was changed.",
  taken: () => "You are on it: the card and its thread say so.",
  "taken-already": () => "You are on it already.",
};
