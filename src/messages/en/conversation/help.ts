import type { OperationName } from "../../../operations/index.ts";
import type { Problems } from "../../answers.ts";
import type { Words } from "../../form.ts";

/** What is wrong with a command as it was typed. */
export const PROBLEMS: Words<Problems> = {
  "name-too-long": ({ length }) => `No deployment has a name of ${length} characters.`,
  "no-such-command": ({ typed }, as) => `There is no command "${as.text(typed)}".`,
  "which-deployment": ({ command, takesSeconds }, as) =>
    `Which deployment? Type: ${as.command(command, "NAME", ...(takesSeconds ? ["[SECONDS]"] : []))}`,
  "seconds-out-of-range": ({ command, least, most, typed }, as) =>
    `The timeout takes whole seconds, ${least} to ${most}; received "${as.text(typed)}". Type: ${as.command(command, "NAME", "600")}`,
  "takes-one-name": ({ command, typed }, as) => `"${command}" takes one name, without spaces; received "${as.text(typed)}".`,
};

const OF_OPERATIONS: Record<OperationName, readonly [string, string]> = {
  recreate: ["/bluegreen recreate NAME", "shows the plan, then deletes it with green and creates it again"],
  switchover: [
    "/bluegreen switchover NAME [SECONDS]",
    "shows whether it is ready, then switches over; RDS has 300 s unless you give SECONDS",
  ],
};

/** What can be typed, and what that does. */
export const COMMANDS: readonly (readonly [string, string])[] = [
  ["/bluegreen", "every deployment: where it stands, and what to do next"],
  ["/bluegreen status NAME", "one deployment in full, with what a switchover would need"],
  ...Object.values(OF_OPERATIONS),
  ["/bluegreen cancel NAME", "stops a recreation or switchover before its next change"],
  ["/bluegreen cancel NAME --force", "ends one that hangs, after showing what that means"],
  ["/bluegreen help", "this list"],
];

export const HELP = {
  title: "What you can ask the guard",
  note: "NAME is the whole name or the id of a deployment. For status, the beginning of a name is enough if only one begins so.",
};
