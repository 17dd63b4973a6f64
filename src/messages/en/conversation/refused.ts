import type { Answers } from "../../answers.ts";
import type { Words } from "../../form.ts";

type Refused = Pick<
  Answers,
  "elsewhere" | "perhaps-elsewhere" | "not-here" | "without-operations" | "no-operators" | "not-an-operator" | "operators-unknown"
>;

/** Why a command or a press is not looked at. */
export const REFUSED: Words<Refused> = {
  elsewhere: () => "The guard takes commands from people of its own workspace alone.",
  "perhaps-elsewhere": () => "Slack does not say whether you belong to the guard's own organisation, so nothing was done.",
  // Slack shows a channel's name for its id.
  "not-here": ({ channels }) =>
    `The guard takes no commands in this channel. Type it in ${channels.map((channel) => `<#${channel}>`).join(", ")}.`,
  "without-operations": () => "This guard was deployed without operations, so it can change nothing.",
  "no-operators": () => "Nobody may have the guard change anything from Slack yet: it has no operators.",
  "not-an-operator": () => "You are not one of the guard's operators: only they may have it change something.",
  "operators-unknown": () => "Slack did not say who belongs to the operators' user groups, so nothing was done.",
};
