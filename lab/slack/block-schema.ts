/** What is wrong with a piece of a message; `pointer` is a JSON pointer such as `/blocks/0/text`. */
export interface Problem {
  readonly text: string;
  readonly pointer: string;
}

/** Checks one value and names all that is wrong with it, in the words that Slack uses. */
export type Check = (value: unknown, pointer: string) => Problem[];

const fine: Problem[] = [];

function wrong(text: string, pointer: string): Problem[] {
  return [{ text, pointer }];
}

/** A string of `min` (default 1) to `max` characters. */
export function string(max: number, min = 1): Check {
  return (value, pointer) => {
    if (typeof value !== "string") return wrong("must provide a string", pointer);
    if (value.length < min) return wrong(`must be more than ${min - 1} characters`, pointer);
    return value.length > max ? wrong(`must be less than ${max + 1} characters`, pointer) : fine;
  };
}

/** True or false. */
export const boolean: Check = (value, pointer) => (typeof value === "boolean" ? fine : wrong("must provide a boolean", pointer));

/** Anything at all: a part that the lab does not look into. */
export const anything: Check = () => fine;

/** One of these strings. */
export function oneOf(...allowed: string[]): Check {
  return (value, pointer) =>
    typeof value === "string" && allowed.includes(value) ? fine : wrong(`must be one of: ${allowed.join(", ")}`, pointer);
}

/** An array of `min` (default 1) to `max` items. */
export function list(max: number, item: Check, min = 1): Check {
  return (value, pointer) => {
    if (!Array.isArray(value)) return wrong("must provide an array", pointer);
    const size = value.length > max ? wrong(`no more than ${max} items allowed`, pointer) : fine;
    const few = value.length < min ? wrong(`no fewer than ${min} items allowed`, pointer) : fine;
    return [...size, ...few, ...value.flatMap((each, index) => item(each, `${pointer}/${index}`))];
  };
}

/** An object with these fields and no others; `type` is allowed everywhere. */
export function object(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  const known: Record<string, Check> = { type: anything, ...required, ...optional };
  return (value, pointer) => {
    if (!isObject(value)) return wrong("must provide an object", pointer);
    const missing = Object.keys(required).filter((name) => value[name] === undefined);
    const present = Object.entries(value).filter(([, field]) => field !== undefined);
    return [
      ...missing.flatMap((name) => wrong(`missing required field: ${name}`, pointer)),
      ...present.flatMap(([name, field]) => {
        const check = Object.hasOwn(known, name) ? known[name] : undefined;
        return check ? check(field, `${pointer}/${name}`) : wrong(`invalid additional property: ${name}`, pointer);
      }),
    ];
  };
}

/** An object whose `type` says how it is checked. */
export function byType(types: Record<string, Check>): Check {
  return (value, pointer) => {
    if (!isObject(value)) return wrong("must provide an object", pointer);
    const { type } = value;
    if (type === undefined) return wrong("missing required field: type", pointer);
    const check = typeof type === "string" && Object.hasOwn(types, type) ? types[type] : undefined;
    return check ? check(value, pointer) : wrong(`unsupported type: ${String(type)}`, `${pointer}/type`);
  };
}

/** A `plain_text` object of at most `max` characters. */
export function plainText(max: number): Check {
  return byType({ plain_text: object({ text: string(max) }, { emoji: boolean }) });
}

/** A `plain_text` or `mrkdwn` object of at most `max` characters. */
export function anyText(max: number): Check {
  const check = byType({
    plain_text: object({ text: string(max) }, { emoji: boolean }),
    mrkdwn: object({ text: string(max) }, { verbatim: boolean }),
  });
  return (value, pointer) => {
    const problems = check(value, pointer);
    return problems.length === 0 ? fine : [...wrong("failed to match all allowed schemas", pointer), ...problems];
  };
}

/** Says whether a JSON value is an object: neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
