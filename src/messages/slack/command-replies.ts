import { type Answer, type Answers, type Problem, SEVERITIES } from "../answers.ts";
import { ANSWERS, NEXT } from "../en/conversation/answers.ts";
import { COMMANDS, HELP, PROBLEMS } from "../en/conversation/help.ts";
import { say, type Words } from "../form.ts";
import { context, type Message, message, section } from "../message.ts";
import { code } from "../mrkdwn.ts";
import { slackForm } from "./form.ts";

const AS = slackForm(true);

/** All commands, as help or in reply to an invalid command; `problem` says what was wrong with it. */
export function helpReply(problem?: Problem): Message {
  const list = COMMANDS.map(([command, does]) => `${code(command)}  ${does}`).join("\n");
  const text = problem ? say(PROBLEMS, problem, AS) : HELP.title;
  return message(problem ? "warning" : "info", text, section(problem ? text : AS.strong(text)), [section(list), context(HELP.note)]);
}

/** A short answer: the result, a list if there is one, and what to type or do next. */
export function answer(it: Answer): Message {
  const [first = "", ...list] = say(ANSWERS, it, AS).split("\n");
  const next = nextAfter(it);
  return message(SEVERITIES[it.code] ?? "warning", first, section(first), [
    ...(list.length > 0 ? [section(quoted(list))] : []),
    ...(next === "" ? [] : [section(next)]),
  ]);
}

const nextAfter = (it: Answer): string => (NEXT[it.code] ? say(NEXT as Words<Answers>, it, AS) : "");

/** Lines whose names are made harmless already, as a quotation. */
const quoted = (lines: readonly string[]): string => lines.map((line) => `> ${line.trim()}`).join("\n");
