import type { Form } from "../form.ts";
import { inTerminal } from "../terminal/form.ts";
import { oneLine } from "../text.ts";

/** Plain text for a program that shows it somewhere: no marks and no lines, everything else as in a terminal. */
export const inPlainText: Form = { ...inTerminal, quote: (outside, most = 900) => `“${oneLine(outside, most)}”` };
