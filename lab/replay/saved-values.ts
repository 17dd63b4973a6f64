import { BrokenFileError } from "./broken-file-error.ts";
import { jsonError } from "./json-error.ts";

/** One JSON value of a saved file. */
export interface SavedValue {
  value: unknown;
  /** Where it stands: `line 3`, `element 2 of 5`, both, or nothing for the whole file. */
  position: string;
  /** The line in which it begins, if it is the whole file. */
  start?: string;
}

/**
 * The values in the text of a saved file: the one that it is, or one a line (JSON lines).
 *
 * @throws BrokenFileError with line and column for what is not JSON, and for a file without anything in it.
 */
export function savedValues(file: string, text: string): SavedValue[] {
  if (text.trim() === "") throw new BrokenFileError(file, "line 1, column 1", "nothing in it: the file is empty");
  const whole = parsed(text);
  if (whole) return [{ ...whole, position: "", start: `line ${text.slice(0, text.search(/\S/)).split("\n").length}` }];
  const lines = text.split("\n").map((line, index) => ({ line, number: index + 1 }));
  const filled = lines.filter(({ line }) => line.trim() !== "");
  if (!areJsonLines(filled.map(({ line }) => line))) throw notJson(file, text, 1);
  return filled.map(({ line, number }) => {
    const value = parsed(line);
    if (!value) throw notJson(file, line.replace(/\r$/, ""), number);
    return { ...value, position: `line ${number}` };
  });
}

/**
 * The elements of a value: those of an array, or of the array under one of `keys`, as in an answer of AWS; else the value itself.
 *
 * @throws BrokenFileError if there is something else under a key
 */
export function elementsOf(file: string, saved: SavedValue, keys: readonly string[]): SavedValue[] {
  const { value, position } = saved;
  const key = isObject(value) ? keys.find((it) => it in value) : undefined;
  const list = isObject(value) && key !== undefined ? value[key] : value;
  if (key !== undefined && !Array.isArray(list))
    throw new BrokenFileError(file, placeOf(saved), `${key}: expected a list; received ${JSON.stringify(list).slice(0, 80)}.`);
  if (!Array.isArray(list)) return [saved];
  return list.map((element: unknown, index) => ({
    value: element,
    position: `${position && `${position}, `}element ${index + 1} of ${list.length}`,
  }));
}

/** Where a value that is wrong as a whole stands, for an error. */
export const placeOf = ({ position, start = "" }: SavedValue): string => position || start;

/** True for a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// A broken object over many lines begins with a brace too; objects on a line of their own are indented there.
function areJsonLines([first = "", ...others]: readonly string[]): boolean {
  return (
    first.startsWith("{") && others.length > 0 && [first, ...others].some((line) => line.startsWith("{") && parsed(line) !== undefined)
  );
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function notJson(file: string, text: string, firstLine: number): BrokenFileError {
  const { offset, what } = jsonError(text) ?? { offset: 0, what: "unreadable" };
  const before = text.slice(0, offset).split("\n");
  const column = [...(before.at(-1) ?? "")].length + 1;
  const begins = text.slice(0, offset).trim() === "" ? " A saved file begins with { or [." : "";
  return new BrokenFileError(file, `line ${firstLine + before.length - 1}, column ${column}`, `not JSON: ${what}.${begins}`);
}
