/** The kind of value a setting takes, as data that determines how to parse, check and describe a value. */
export type Kind = TextKind | ChoiceKind | NumberKind | TruthKind | ListKind | ReferenceKind | RetentionKind;

/** Any text, or one that fits. */
export interface TextKind {
  is: "text";
  /** What fits, in words. */
  takes?: string;
  pattern?: RegExp;
  /** What no pattern says. */
  fits?: (text: string) => boolean;
  /** Turns a text that fits into the value to use. */
  finish?: (text: string) => string;
}

/** One of a few words or numbers. */
export interface ChoiceKind {
  is: "choice";
  of: readonly (string | number)[];
}

/** A number within a range. */
export interface NumberKind {
  is: "number";
  /** The unit, in words. */
  unit?: string;
  /** Minimum and maximum, both included. */
  range: readonly [number, number];
  isWhole?: boolean;
}

/** Yes or no. */
export interface TruthKind {
  is: "truth";
}

/** A list of texts that all fit. */
export interface ListKind {
  is: "list";
  /** What fits, in words. */
  takes: string;
  examples?: readonly string[];
  pattern: RegExp;
  needsOne?: boolean;
}

/** A CDK object; elsewhere a name or an ARN. */
export interface ReferenceKind {
  is: "secret" | "topic";
  /** What a name or an ARN fits, in words. */
  takes: string;
  pattern: RegExp;
}

/** A number of days for which CloudWatch Logs can keep logs. */
export interface RetentionKind {
  is: "retention";
  of: readonly number[];
}

/** The value of a setting of this kind. */
export type ValueOf<K extends Kind> = K extends ChoiceKind
  ? K["of"][number]
  : K extends NumberKind | RetentionKind
    ? number
    : K extends TruthKind
      ? boolean
      : K extends ListKind
        ? string[]
        : string;

/** Parses a text; returns it unchanged if it is not of the kind, so that `refusalOf` refuses it. */
export function parse(kind: Kind, text: string): unknown {
  switch (kind.is) {
    case "choice":
      return kind.of.find((it) => String(it) === text) ?? text;
    case "number":
    case "retention":
      return Number.isNaN(Number(text)) ? text : Number(text);
    case "truth":
      return text === "true" || text === "false" ? text === "true" : text;
    case "list":
      return listIn(text);
    default:
      return text;
  }
}

function listIn(text: string): string[] {
  const parts = text.split(",").map((part) => part.trim());
  return parts.filter((part) => part !== "");
}

/** Writes the value as text. */
export function write(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : String(value);
}

/**
 * What a kind takes, in words, and what was received instead; `undefined` if the value is valid.
 *
 * @param isText whether the value is given as text, so that the words say how to write it.
 */
export function refusalOf(kind: Kind, value: unknown, isText = false): { takes: string; received: unknown } | undefined {
  const refusal = (takes: string, received = value) => ({ takes, received });
  switch (kind.is) {
    case "text":
      return isTextOf(kind, value) && (kind.fits?.(value) ?? true) ? undefined : refusal(kind.takes ?? "a text");
    case "secret":
    case "topic":
      return isTextOf(kind, value) ? undefined : refusal(kind.takes);
    case "choice":
      return isOneOf(kind.of, value) ? undefined : refusal(orWords(kind.of));
    case "retention":
      return isOneOf(kind.of, value) ? undefined : refusal(`a number of days that CloudWatch Logs has (${kind.of.join(", ")})`);
    case "number":
      return isNumberOf(kind, value) ? undefined : refusal(numberTaken(kind, value));
    case "truth":
      return typeof value === "boolean" ? undefined : refusal(isText ? '"true" or "false"' : "true or false");
    case "list": {
      const parts: unknown[] = Array.isArray(value) ? value : [];
      const bad = Array.isArray(value) ? parts.find((it) => !isTextOf(kind, it)) : value;
      if (bad === undefined && (parts.length > 0 || !kind.needsOne)) return undefined;
      return refusal(listTaken(kind, isText), bad ?? "");
    }
  }
}

const isTextOf = ({ pattern }: { pattern?: RegExp }, value: unknown): value is string =>
  typeof value === "string" && (pattern?.test(value) ?? true);

const isOneOf = (all: readonly unknown[], value: unknown): boolean => all.includes(value);

const orWords = (all: readonly (string | number)[]): string =>
  inWords(
    all.map((it) => JSON.stringify(it)),
    " or ",
  );

const isWithin = ({ range: [least, most] }: NumberKind, value: unknown): value is number =>
  typeof value === "number" && value >= least && value <= most;

const isNumberOf = (kind: NumberKind, value: unknown): boolean => isWithin(kind, value) && !(kind.isWhole && !Number.isInteger(value));

function numberTaken(kind: NumberKind, received: unknown): string {
  const [least, most] = kind.range;
  if (kind.unit === undefined) return `a whole number, ${least} to ${most}`;
  return isWithin(kind, received) ? `a whole number of ${kind.unit}` : `a number of ${kind.unit}, ${least} to ${most}`;
}

function listTaken({ takes, examples }: ListKind, isText: boolean): string {
  return examples ? `${takes}, such as ${isText ? examples.join(",") : inWords(examples, " and ")}` : takes;
}

/** "a, b or c". */
function inWords(all: readonly string[], last: " or " | " and "): string {
  return all.length < 2 ? all.join("") : [all.slice(0, -1).join(", "), all.at(-1)].join(last);
}
