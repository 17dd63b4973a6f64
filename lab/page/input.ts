/** Thrown for input that an action cannot take; its message is for the visitor and names the value received. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** What a visitor sent, read field by field. */
export class Input {
  readonly #fields: Record<string, unknown>;

  constructor(fields: Record<string, unknown>) {
    this.#fields = fields;
  }

  /** Reads a body: nothing at all, or a JSON object. @throws InputError for anything else. */
  static read(body: string): Input {
    const value = body.trim() === "" ? {} : parsed(body);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return new Input({ ...value });
    throw new InputError(`Send a JSON object; received ${shown(value)}.`);
  }

  /** A text of 1 to `longest` characters, without the spaces around it. @throws InputError */
  text(name: string, longest = 200): string {
    const text = this.optionalText(name, longest);
    if (text === undefined) throw new InputError(`${name} is missing: give a text.`);
    return text;
  }

  /** The same, or undefined if it is empty or left out. @throws InputError */
  optionalText(name: string, longest = 200): string | undefined {
    const value = this.#fields[name] ?? "";
    if (typeof value !== "string") throw new InputError(`${name} must be a text; received ${shown(value)}.`);
    const text = value.trim();
    if (text.length > longest) throw new InputError(`${name} has ${text.length} characters; at most ${longest} are taken.`);
    return text === "" ? undefined : text;
  }

  /** A number from `from` to `to`, whole unless stated otherwise. @throws InputError */
  number(name: string, from: number, to: number, { whole = true } = {}): number {
    const value = this.#fields[name];
    const good = typeof value === "number" && value >= from && value <= to && (!whole || Number.isInteger(value));
    if (good) return value;
    throw new InputError(`${name} must be a ${whole ? "whole " : ""}number from ${from} to ${to}; received ${shown(value)}.`);
  }

  /** True or false; false if left out. @throws InputError */
  flag(name: string): boolean {
    const value = this.#fields[name] ?? false;
    if (typeof value === "boolean") return value;
    throw new InputError(`${name} must be true or false; received ${shown(value)}.`);
  }

  /** One of these words. @throws InputError */
  choice<Word extends string>(name: string, words: readonly Word[]): Word {
    const value = this.#fields[name];
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    throw new InputError(`${name} must be one of ${words.join(", ")}; received ${shown(value)}.`);
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new InputError(`Send a JSON object; received ${shown(body)}.`);
  }
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
