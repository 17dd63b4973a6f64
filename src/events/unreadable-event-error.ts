import { type BaseIssue, ValiError } from "valibot";

/** Thrown for input that is not an RDS event: names the first wrong field and its value, and keeps the ValiError as `cause`. */
export class UnreadableEventError extends Error {
  override readonly name = "UnreadableEventError";
  /** Path of the field, such as `detail.Date`, cut to 200 characters; `(event)` for the whole event. */
  readonly field: string;

  constructor(form: string, input: unknown, issues: [BaseIssue<unknown>, ...BaseIssue<unknown>[]]) {
    const [issue] = issues;
    const path = issue.path?.map(({ key }) => key as PropertyKey) ?? [];
    const field = path.length === 0 ? "(event)" : cut(path.join("."));
    super(
      `Not ${form}: ${field}: ${issueWords(issue)}; received ${shown(at(input, path))}. ` +
        "Compare it with the examples in the EventBridge reference, 'Amazon RDS events'.",
      { cause: new ValiError(issues) },
    );
    this.field = field;
  }
}

/** What is wrong with a value, without the value itself, which may be long. */
export function issueWords({ kind, expected, received, message }: BaseIssue<unknown>): string {
  if (received === "undefined") return "is missing";
  return kind === "schema" && message.startsWith("Invalid ") ? `expected ${expected}` : message;
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
