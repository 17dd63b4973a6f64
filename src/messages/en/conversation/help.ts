import type { OperationName } from "../../../operations/index.ts";
import type { Problems } from "../../answers.ts";
import type { Words } from "../../form.ts";

/** What is wrong with a command as it was typed. */
export const PROBLEMS: Words<Problems> = {
  "name-too-long": ({ length }) => `No deployment has a name of ${length} characters.`,
  "no-such-command": ({ typed }, as) => `There is no command "${as.text(typed)}".`,
  "which-deployment": ({ command, takesSeconds }) =>
    `Which deployment? Type: /bluegreen ${command} NAME${takesSeconds ? " [SECONDS]" : ""}`,
  "seconds-out-of-range": ({ command, least, most, typed }, as) =>
    `The timeout takes whole seconds, ${least} to ${most}; received "${as.text(typed)}". Type: /bluegreen ${command} NAME 600`,
  "takes-one-name": ({ command, typed }, as) => `"${command}" takes one name, without spaces; received "${as.text(typed)}".`,
};

const OF_OPERATIONS: Record<OperationName, readonly [string, string]> = {
  recreate: ["/bluegreen recreate NAME", "shows the plan, then deletes it with green and creates it again"],
  switchover: ["/bluegreen switchover NAME [SECONDS]", "is it ready? then switches over; RDS gets its own 300 s where you name none"],
};

/** What can be typed, and what that does. */
export const COMMANDS: readonly (readonly [string, string])[] = [
  ["/bluegreen", "every deployment: where it stands, and what to do next"],
  ["/bluegreen status NAME", "one deployment in full, with what a switchover would need"],
  ...Object.values(OF_OPERATIONS),
  ["/bluegreen cancel NAME", "stops what the guard is at, before its next change"],
  ["/bluegreen cancel NAME --force", "ends what nobody is at any more: shows first what that means"],
  ["/bluegreen help", "this list"],
];

export const HELP = {
  title: "What the guard can be told",
  note: "NAME is the whole name or the id of a deployment. For status its beginning is enough where only one begins so.",
};
