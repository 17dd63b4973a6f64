// Control, format and bidirectional characters and lone surrogates, which could reorder or hide what a reader sees.
export const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Puts text from outside on one line without invisible characters, cut to `longest` characters; does not escape it. */
export function oneLine(text: string, longest: number): string {
  return shorten(text.replace(INVISIBLE, " ").replace(/\s+/g, " ").trim(), longest);
}

/** Cuts a text longer than `longest` characters and ends it with an ellipsis. */
export function shorten(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}
