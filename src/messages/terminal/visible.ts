import { shorten } from "../text.ts";

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const KEPT = ["\n", "\u200d"];

/**
 * Text from outside as it may go to a terminal.
 *
 * Newlines and the joiner within emoji stay, a tab becomes a space, and whatever else could steer the terminal, reorder or hide text
 * is shown as a picture of itself (ESC as `␛`) or as its code (`<U+202E>`).
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (KEPT.includes(character)) return character;
    if (character === "\t") return " ";
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}

/** The same on one line, so that it cannot pass for a line of the guard's, cut to `longest` characters. */
export const visibleLine = (text: string, longest: number): string =>
  shorten(visible(text.replace(BREAKS, " ")).replace(/ +/g, " ").trim(), longest);

const BREAKS = /\s*[\n\r\v\f\u0085\u2028\u2029]+\s*/gu;
