import { utc, utcTime } from "../../deployments/time-words.ts";
import { calledInSentences } from "../callers.ts";
import type { Form } from "../form.ts";
import { oneLine, shorten } from "../text.ts";

/** A terminal: no marks, times in UTC as AWS's logs have them, commands for a shell. */
export const inTerminal: Form = {
  text: (outside, most = 600) => oneLine(outside, most),
  code: (outside, most = 100) => oneLine(outside, most) || " ",
  quote: (outside, most = 900) =>
    shorten(outside.trim(), most)
      .split(/\s*\n\s*/)
      .map((line) => `> ${oneLine(line, most)}`)
      .join("\n"),
  strong: (words) => words,
  time: utc,
  clock: utcTime,
  person: ({ name }) => oneLine(calledInSentences(name), 120),
  channel: (id) => oneLine(id, 60),
  link: (url, words) => `${words}: ${url}`,
  command: (command, ...rest) => ["npx bluegreen-guard", command, ...rest].join(" "),
};
