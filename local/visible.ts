export { visible } from "../src/messages/terminal/visible.ts";

/** Text from outside on one line, so that it cannot pass for a line of the guard's. */
export const oneLine = (text: string): string => text.replace(/\s*[\n\r\v\f\u0085\u2028\u2029]+\s*/gu, " ").trim();

const STEERING = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The value as JSON on one line, which means the same and steers no terminal: JSON itself lets such characters through. */
export function inertJson(value: unknown): string {
  const escaped = (character: string) =>
    [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
  return JSON.stringify(value).replace(STEERING, escaped);
}
