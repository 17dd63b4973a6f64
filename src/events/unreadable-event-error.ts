import type * as z from "zod/mini";

/** Thrown for input that is not an RDS event: names the first wrong field and its value, and keeps zod's error as `cause`. */
export class UnreadableEventError extends Error {
  override readonly name = "UnreadableEventError";
  /** Path of the field, such as `detail.Date`, cut to 200 characters; `(event)` for the whole event. */
  readonly field: string;

  constructor(form: string, input: unknown, cause: z.core.$ZodError) {
    const issue = cause.issues[0];
    const path = issue?.path ?? [];
    const field = path.length === 0 ? "(event)" : cut(path.join("."));
    super(
      `Not ${form}: ${field}: ${issue?.message ?? "unreadable"}; received ${shown(at(input, path))}. ` +
        "Compare it with the examples in the EventBridge reference, 'Amazon RDS events'.",
      { cause },
    );
    this.field = field;
  }
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined), input);
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : cut(jsonOf(value));
}

/** What is nested so deep that it cannot be written, JSON.parse has read all the same. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "what is nested too deep to be shown";
  }
}

const cut = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
