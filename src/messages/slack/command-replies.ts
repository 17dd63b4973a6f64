import { type Answer, type Answers, type Problem, SEVERITIES } from "../answers.ts";
import { type Form, say, type Words } from "../form.ts";
import * as words from "../language.ts";
import { IN_SLACK, inNotification } from "./form.ts";
import { context, type Message, message, section } from "./message.ts";

/** All commands, as help or in reply to an invalid command; `problem` says what was wrong with it. */
export function helpReply(problem?: Problem): Message {
  const list = words.COMMANDS.map(([command, does]) => `${IN_SLACK.code(command)}  ${does}`).join("\n");
  const text = (as: Form) => (problem ? say(words.PROBLEMS, problem, as) : words.HELP.title);
  const heading = section(problem ? text(IN_SLACK) : IN_SLACK.strong(text(IN_SLACK)));
  return message(problem ? "warning" : "info", text(inNotification), heading, [section(list), context(words.HELP.note)]);
}

/** A short answer: the result, a list if there is one, and what to type or do next. */
export function answer(it: Answer): Message {
  const [first = "", ...list] = say(words.ANSWERS, it, IN_SLACK).split("\n");
  const next = nextAfter(it);
  return message(SEVERITIES[it.code] ?? "warning", say(words.ANSWERS, it, inNotification).split("\n")[0] ?? "", section(first), [
    ...(list.length > 0 ? [section(quoted(list))] : []),
    ...(next === "" ? [] : [section(next)]),
  ]);
}

const nextAfter = (it: Answer): string => (words.NEXT[it.code] ? say(words.NEXT as Words<Answers>, it, IN_SLACK) : "");

/** Lines whose names are made harmless already, as a quotation. */
const quoted = (lines: readonly string[]): string => lines.map((line) => `> ${line.trim()}`).join("\n");
