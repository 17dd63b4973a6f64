import { createInterface } from "node:readline/promises";

/** What a command says and asks. With `json` scripts read standard output line by line, and people standard error. */
export interface Terminal {
  readonly json: boolean;
  /** A line, or lines, for a person. */
  say(text: string): void;
  /** One line for a script. */
  tell(value: object): void;
  /** The last line for a script; nothing to a person. */
  readonly canAsk: boolean;
  /** True where a person has typed the word. */
  confirms(question: string, word: string): Promise<boolean>;
  /** Shows a line that the next one takes the place of; nothing where no person looks. */
  pulse(text: string): void;
}

/** The terminal of this process. */
export function processTerminal(json: boolean): Terminal {
  const out = json ? process.stderr : process.stdout;
  let pulsing = false;
  const clear = () => {
    if (pulsing) out.write("\r\u001b[2K");
    pulsing = false;
  };
  return {
    json,
    canAsk: process.stdin.isTTY === true,
    say(text) {
      clear();
      out.write(`${text}\n`);
    },
    tell(value) {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    async confirms(question, word) {
      const lines = createInterface({ input: process.stdin, output: out });
      try {
        return (await lines.question(question)).trim() === word;
      } finally {
        lines.close();
      }
    },
    pulse(text) {
      if (!out.isTTY) return;
      clear();
      out.write(text.slice(0, (out.columns ?? 80) - 1));
      pulsing = true;
    },
  };
}
