import type { OperationName } from "../../operations/index.ts";
import { context, type Message, message, section } from "./message.ts";
import { code, plain, quote } from "./mrkdwn.ts";

const OPERATION_COMMANDS: Record<OperationName, readonly [string, string]> = {
  recreate: ["/bluegreen recreate NAME", "shows the plan, then deletes it with green and creates it again"],
  switchover: ["/bluegreen switchover NAME [SECONDS]", "is it ready? then switches over; RDS gets its own 300 s where you name none"],
};

const COMMANDS: readonly (readonly [string, string])[] = [
  ["/bluegreen", "every deployment: where it stands, and what to do next"],
  ["/bluegreen status NAME", "one deployment in full, with what a switchover would need"],
  ...Object.values(OPERATION_COMMANDS),
  ["/bluegreen cancel NAME", "stops what the guard is at, before its next change"],
  ["/bluegreen cancel NAME --force", "ends what nobody is at any more: shows first what that means"],
  ["/bluegreen help", "this list"],
];

/** All commands, as help or in reply to an invalid command; `problem` says what was wrong with it. */
export function helpReply(problem?: string): Message {
  const list = COMMANDS.map(([command, does]) => `${code(command)}  ${does}`).join("\n");
  const note = "NAME is the whole name or the id of a deployment. For status its beginning is enough where only one begins so.";
  const text = problem ?? "What the guard can be told";
  return message(problem ? "warning" : "info", plain(text), section(problem ? plain(problem) : `*${text}*`), [
    section(list),
    context(note),
  ]);
}

/** A short answer: the result, and what to type or do next. */
export function shortReply(severity: Parameters<typeof message>[0], text: string, next?: string): Message {
  return message(severity, plain(text), section(plain(text, 2_000)), next === undefined ? [] : [section(plain(next, 900))]);
}

/** The same for several lines from outside, such as a list of deployments. */
export function listReply(text: string, next?: string): Message {
  const [first = "", ...rest] = text.split("\n");
  return message("warning", plain(first), section(plain(first, 600)), [
    ...(rest.length > 0 ? [section(quote(rest.join("\n"), 2_500))] : []),
    ...(next === undefined ? [] : [section(plain(next, 900))]),
  ]);
}

/** Says that the person is not an operator, and which setting names the operators. */
export function notAnOperator(operators: number): Message {
  return operators === 0
    ? shortReply(
        "warning",
        "Nobody may have the guard change something from Slack yet.",
        "Name Slack users or user groups in `operators` of the construct BlueGreenGuard (SLACK_OPERATORS of the answer function), and deploy it.",
      )
    : shortReply(
        "warning",
        "You are not among those who may have the guard change something.",
        "Ask somebody who is. They are named in `operators` of the construct BlueGreenGuard.",
      );
}

/** Slack did not return a user group's members, so they do not count as operators; `lasts` until a person corrects a setting. */
export const operatorsUnknown = (lasts = false): Message =>
  shortReply(
    "warning",
    "Slack did not say who belongs to the operators' user groups, so nobody of those groups may have something changed now.",
    lasts
      ? "A setting has to be corrected first: the log of the answer function names the group and says which."
      : "Try again in a minute.",
  );

/** Names the channels that take commands; Slack shows a channel's name for its id. */
export function notHere(channels: readonly string[]): Message {
  const text = `The guard takes no commands in this channel. Type it in ${channels.map((channel) => `<#${channel}>`).join(", ")}.`;
  return message("warning", text, section(text), []);
}
