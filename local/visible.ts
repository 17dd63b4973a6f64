import { withoutCredentials } from "../src/settings/without-credentials.ts";

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const KEPT = ["\n", "\u200d"];

/**
 * Text from outside as it may go to a terminal.
 *
 * Newlines and the joiner within emoji stay, a tab becomes a space, and whatever else could steer the terminal, reorder or hide text
 * is shown as a picture of itself (ESC as `␛`) or as its code (`<U+202E>`). Of a URL, the name and the password before its host are left out.
 */
export function visible(text: string): string {
  return withoutCredentials(text).replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (KEPT.includes(character)) return character;
    if (character === "\t") return " ";
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}

/** Text from outside on one line, so that it cannot pass for a line of the guard's. */
export const oneLine = (text: string): string => text.replace(/\s*[\n\r\v\f\u0085\u2028\u2029]+\s*/gu, " ").trim();

const STEERING = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The value as JSON on one line, which means the same but for passwords in URLs and steers no terminal: JSON itself lets such characters through. */
export function inertJson(value: unknown): string {
  const escaped = (character: string) =>
    [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
  const plain = (_: string, it: unknown) => (typeof it === "string" ? withoutCredentials(it) : it);
  return JSON.stringify(value, plain).replace(STEERING, escaped);
}
