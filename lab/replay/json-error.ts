/** Where a text stops being JSON. */
export interface JsonError {
  /** Index of the first character that cannot stand there; the text's length where it ends too early. */
  offset: number;
  what: string;
}

/**
 * The first place at which a text is not JSON, or nothing where it is JSON.
 *
 * JSON.parse names a position in some of its messages only. Source of the grammar: RFC 8259.
 */
export function jsonError(text: string): JsonError | undefined {
  const offset = new Scanner(text).scan();
  if (offset === undefined) return undefined;
  if (offset >= text.length) return { offset: text.length, what: "the text ends in the middle of a value" };
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  return { offset, what: `unexpected ${character < " " ? "line break or control character" : `"${character}"`}` };
}

type Expected = "value" | "value or ]" | "key" | "key or }" | ":" | ", or end";

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Scanner {
  readonly #text: string;
  /** The closing brackets that are still to come. */
  readonly #open: string[] = [];
  #at = 0;
  #expected: Expected = "value";

  constructor(text: string) {
    this.#text = text;
  }

  scan(): number | undefined {
    for (;;) {
      this.#take(SPACE);
      const character = this.#text[this.#at];
      if (character === undefined) return this.#expected === ", or end" && this.#open.length === 0 ? undefined : this.#at;
      if (!this.#step(character)) return this.#at;
    }
  }

  #step(character: string): boolean {
    const expected = this.#expected;
    if (character === this.#open.at(-1) && !["value", "key", ":"].includes(expected)) return this.#close();
    if (expected === ", or end")
      return character === "," && this.#open.length > 0 && this.#next(this.#open.at(-1) === "}" ? "key" : "value");
    if (expected === ":") return character === ":" && this.#next("value");
    if (expected === "key" || expected === "key or }") return this.#string() && this.#after(":");
    if (character === "{") return this.#begin("}", "key or }");
    if (character === "[") return this.#begin("]", "value or ]");
    return (character === '"' ? this.#string() : this.#take(NUMBER) || this.#word()) && this.#after(", or end");
  }

  #begin(closing: string, expected: Expected): boolean {
    this.#open.push(closing);
    return this.#next(expected);
  }

  #close(): boolean {
    this.#open.pop();
    return this.#next(", or end");
  }

  #next(expected: Expected): true {
    this.#at += 1;
    return this.#after(expected);
  }

  #after(expected: Expected): true {
    this.#expected = expected;
    return true;
  }

  /** Moves behind a string, or to the place where it goes wrong. */
  #string(): boolean {
    if (this.#text[this.#at] !== '"') return false;
    this.#at += 1;
    for (;;) {
      const character = this.#text[this.#at] ?? "";
      const isPlain = character >= " " && character !== '"' && character !== "\\";
      if (isPlain || character === '"') this.#at += 1;
      else if (!this.#take(ESCAPE)) return false;
      if (character === '"') return true;
    }
  }

  #word(): boolean {
    const word = ["true", "false", "null"].find((it) => it[0] === this.#text[this.#at]) ?? "";
    const wrong = [...word].findIndex((character, index) => this.#text[this.#at + index] !== character);
    this.#at += wrong < 0 ? word.length : wrong;
    return word !== "" && wrong < 0;
  }

  /** Moves behind what the sticky pattern matches here; false where that is nothing. */
  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const length = pattern.exec(this.#text)?.[0].length ?? 0;
    this.#at += length;
    return length > 0;
  }
}
