import type { Answers } from "../../answers.ts";
import type { Form, Words } from "../../form.ts";
import { missingFields } from "../missing-fields.ts";
import { NOT_FOUND } from "../not-found.ts";
import { OPERATION_WORDS, whoAsks } from "../operations/names.ts";
import { commandWithFields } from "../operations/reasons-of-plans.ts";
import { reasonWords } from "../operations/said.ts";
import { OF_CANCELLING } from "./cancelling.ts";
import { OF_DECIDING } from "./deciding.ts";
import { REFUSED } from "./refused.ts";

/** What a command or a press is answered. */
export const ANSWERS: Words<Answers> = {
  ...NOT_FOUND,
  ...REFUSED,
  ...OF_CANCELLING,
  ...OF_DECIDING,
  "answering-failed": () => "Something went wrong, so this may not have been done.",
  "answering-died": () => "The guard stopped in the middle of this, so it may not have been done.",
  "being-worked-on": () => "The guard is working on this already: the answer comes when it is ready.",
  "not-your-plan": () => "This plan is not yours to decide on.",
  "left-as-it-is": () => "Cancelled: nothing was changed.",
  begins: ({ operation, name }, as) =>
    `The ${OPERATION_WORDS[operation].noun} of ${as.text(name, 90)} begins. The thread of its card tells how it goes.`,
  "approval-asked": () => "Confirmed. Another operator has to approve it now: the channel was asked, for 30 minutes.",
  "nothing-to-go-on-with": () => "There is nothing left to create again.",
  "cannot-go-on": ({ why }, as) => `${reasonWords(why, as)} Nothing was changed.`,
  "under-way": ({ operation, name, asker, approved }, as) =>
    `A ${OPERATION_WORDS[operation].noun} of ${as.text(name, 90)}, asked for by ${whoAsks(asker, as)}, ${approved ? "is under way" : "waits for another operator's approval"}.`,
  "full-name-needed": (it, as) => fullNameNeeded(it, as),
  recovered: (it, as) => `It has recovered since the plan that you confirmed, and nothing was done. ${fullNameNeeded(it, as)}`,
  "plan-too-old": () => "This plan is older than 30 minutes, so nothing was done.",
  "plan-used-already": () => "This plan was confirmed already, and works only once.",
  "cannot-plan": ({ why, confirmed }, as) => {
    const words = why.code === "fields-missing" ? missingFields(why.missing, as).join(" ") : reasonWords(why, as);
    return `${words}${confirmed ? " Nothing was changed." : ""}`;
  },
};

const STATUS = (as: Form): string => `Type ${as.command("status")} to see how things stand.`;
const LOOK_FIRST = (as: Form): string => `See how things stand with ${as.command("status")} and then try again.`;
const ALL = (as: Form): string => `Type ${as.command("")} to see every deployment.`;

/** What a person can do next, where the answer itself does not say it. */
export const NEXT: Partial<Words<Answers>> = {
  "answering-failed": (_, as) => LOOK_FIRST(as),
  "answering-died": (_, as) => LOOK_FIRST(as),
  none: (_, as) => ALL(as),
  "several-begin": (_, as) => ALL(as),
  "whole-name-needed": (_, as) => ALL(as),
  "not-your-plan": (_, as) => `Type ${as.command("help")} to see what you can ask for.`,
  begins: ({ name }, as) => `To stop it before its next change: ${as.command("cancel", name)}`,
  "nothing-to-go-on-with": (_, as) => STATUS(as),
  "under-way": ({ name }, as) => `Type ${as.command("status", name)} to see it, or ${as.command("cancel", name)} to stop it.`,
  "full-name-needed": ({ name }, as) => as.command("recreate", name),
  recovered: ({ name }, as) => as.command("recreate", name),
  "plan-too-old": ({ operation, deployment }, as) => `Type ${as.command(operation, deployment)} for a new one.`,
  "plan-used-already": (_, as) => `Type ${as.command("status")} to see what came of it.`,
  "cannot-plan": ({ why }, as) =>
    why.code === "fields-missing"
      ? `The command in Slack does not take them. Give what is missing at a terminal: ${as.code(commandWithFields(why), 255)}`
      : "",
  "perhaps-elsewhere": () => "Ask one of the guard's operators to press it.",
  "no-operators": () =>
    "Name Slack users or user groups in `operators` of the construct BlueGreenGuard (SLACK_OPERATORS of the answer function), and deploy it.",
  "not-an-operator": () => "Ask somebody who is. They are named in `operators` of the construct BlueGreenGuard.",
  "operators-unknown": ({ lasts }) =>
    lasts
      ? "A setting has to be corrected first: the log of the answer function names the group and says which."
      : "Try again in a minute.",
  "nothing-to-stop": (_, as) => ALL(as),
  "perhaps-at-work": ({ name }, as) => `To end it for good, and see first what that means: ${as.command("cancel", name, "--force")}`,
  "ended-meanwhile": (_, as) => STATUS(as),
  "outdated-button": (_, as) => STATUS(as),
  "has-begun": ({ name }, as) => `To stop it before its next change, an operator can type: ${as.command("cancel", name)}`,
  "asker-unknown": () => "Try again in a minute.",
};

/**
 * A healthy deployment is not recreated by what was typed: a command from a chat's history, or an old card's button, must not reach what was
 * built since.
 */
export const fullNameNeeded = ({ name }: Answers["full-name-needed"], as: Form): string =>
  `Nothing is wrong with ${as.code(name, 90)}, as far as RDS says. To delete and recreate it all the same, type its full name.`;
