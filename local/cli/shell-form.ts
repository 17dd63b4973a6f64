import type { Form } from "../../src/messages/form.ts";
import { inTerminal } from "../../src/messages/terminal/form.ts";
import { shorten } from "../../src/messages/text.ts";
import { oneLine } from "../visible.ts";

/**
 * How a command writes sentences: as for any terminal, but what could steer one is not taken out of text from outside. `Terminal` shows it as
 * a picture of itself, so that whoever reads it sees that it was there.
 */
export const inShell: Form = {
  ...inTerminal,
  text: (outside, most = 600) => shorten(oneLine(outside), most),
  code: (outside, most = 100) => shorten(oneLine(outside), most) || " ",
};
