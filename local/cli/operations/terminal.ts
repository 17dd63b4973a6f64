import { createInterface } from "node:readline/promises";
import { inertJson, oneLine, visible } from "../../visible.ts";
import { wrap } from "./wrap.ts";

/** How a command talks to a person and to scripts; nothing that it is given steers the terminal. With `json`, scripts read standard output line by line, and people standard error. */
export interface Terminal {
  readonly json: boolean;
  /** Shows a person one or more lines. */
  say(text: string): void;
  /** Tells a person why nothing is done, or why it could not be: on standard error, whoever reads the rest. */
  refuse(text: string): void;
  /** Writes one line for a script; shows a person nothing. */
  tell(value: object): void;
  /** Whether a person is there to answer. */
  readonly canAsk: boolean;
  /** True if a person has typed the word; Ctrl-D means no. @throws LeftError for Ctrl-C */
  confirms(question: string, word: string): Promise<boolean>;
  /** Shows a line that the next one replaces; does nothing if no person is watching. */
  pulse(text: string): void;
}

/** Thrown if a person has left by Ctrl-C. */
export class LeftError extends Error {
  override readonly name = "LeftError";
}

const WIDEST = 140;

/** The terminal of this process. */
export function processTerminal(json: boolean): Terminal {
  const out = json ? process.stderr : process.stdout;
  let pulsing = false;
  const clear = () => {
    if (pulsing) out.write("\r\u001b[2K");
    pulsing = false;
  };
  const write = (to: NodeJS.WriteStream, text: string) => {
    clear();
    const shown = visible(text);
    to.write(`${to.isTTY ? wrap(shown, Math.min(to.columns || 80, WIDEST)) : shown}\n`);
  };
  return {
    json,
    canAsk: process.stdin.isTTY === true,
    say: (text) => write(out, text),
    refuse: (text) => write(process.stderr, text),
    tell(value) {
      if (json) process.stdout.write(`${inertJson(value)}\n`);
    },
    async confirms(question, word) {
      const lines = createInterface({ input: process.stdin, output: out });
      let isLeft = false;
      const left = new Promise<string>((resolve) => {
        lines.on("SIGINT", () => {
          isLeft = true;
          lines.close();
        });
        lines.on("close", () => resolve(""));
      });
      const answer = await Promise.race([lines.question(question), left]);
      lines.close();
      // A person who left has not ended the line.
      if (answer === "") out.write("\n");
      if (isLeft) throw new LeftError();
      return answer.trim() === word;
    },
    pulse(text) {
      if (!out.isTTY) return;
      clear();
      out.write(visible(oneLine(text)).slice(0, (out.columns || 80) - 1));
      pulsing = true;
    },
  };
}
