import { utc, utcTime } from "../../deployments/time-words.ts";
import type { Form } from "../form.ts";
import { shorten } from "../text.ts";
import { visibleLine } from "./visible.ts";

/** A terminal: no marks, times in UTC as AWS's logs have them, commands for a shell. */
export const inTerminal: Form = {
  text: (outside, most = 600) => visibleLine(outside, most),
  code: (outside, most = 100) => visibleLine(outside, most) || " ",
  quote: (outside, most = 900) =>
    shorten(outside.trim(), most)
      .split(/\s*\n\s*/)
      .map((line) => `> ${visibleLine(line, most)}`)
      .join("\n"),
  strong: (words) => words,
  time: utc,
  clock: utcTime,
  person: ({ name }) => visibleLine(name, 120),
  channel: (id) => visibleLine(id, 60),
  account: (id) => visibleLine(id, 20),
  link: (url, words) => `${words}: ${url}`,
  command: (command, ...rest) => ["npx bluegreen-guard", command, ...rest].join(" "),
};
