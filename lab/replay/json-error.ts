import { createScanner, type ParseError, parse } from "jsonc-parser";

/** Where a text stops being JSON. */
export interface JsonError {
  /** Index of the first invalid character; the text's length if it ends too early. */
  offset: number;
  what: string;
}

/**
 * Returns the first place at which a text is not JSON, or undefined if it is JSON.
 *
 * JSON.parse names a position in only some of its messages. Source of the grammar: RFC 8259.
 */
export function jsonError(text: string): JsonError | undefined {
  try {
    return firstError(text);
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(text);
    throw error;
  }
}

function firstError(text: string): JsonError | undefined {
  const token = brokenToken(text);
  if (token === undefined) return undefined;
  const offset = token + soundLength(text, token);
  if (offset >= text.length) return { offset: text.length, what: "the text ends in the middle of a value" };
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  return { offset, what: `unexpected ${character < " " ? "line break or control character" : `"${character}"`}` };
}

/** Where the values nest deeper than can be read: jsonc-parser calls itself for each level. */
function tooDeep(text: string): JsonError {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenOffset() < text.length && depth < MOST_LEVELS; scanner.scan()) {
    const first = text.charAt(scanner.getTokenOffset());
    if (first === "{" || first === "[") depth += 1;
    if (first === "}" || first === "]") depth -= 1;
  }
  return { offset: scanner.getTokenOffset(), what: `values nest more than ${MOST_LEVELS} levels deep` };
}

const MOST_LEVELS = 1_000;

/** Where the first token starts that is broken or out of place. */
function brokenToken(text: string): number | undefined {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true });
  return errors[0]?.offset;
}

/** Kinds of tokens that can be valid at their beginning and broken later, each with a whole one. */
const TOKENS: [RegExp, string][] = [
  [/"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y, '""'],
  [/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y, "0"],
  [/t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?/y, "null"],
];

/** How many characters of the broken token at `at` are valid: 0 if no token of its kind can be there. */
function soundLength(text: string, at: number): number {
  for (const [beginning, whole] of TOKENS) {
    beginning.lastIndex = at;
    const length = beginning.exec(text)?.[0].length ?? 0;
    if (length > 0) return brokenToken(`${text.slice(0, at)} ${whole}`) === at + 1 ? 0 : length;
  }
  return 0;
}
