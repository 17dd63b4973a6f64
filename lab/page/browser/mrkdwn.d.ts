/** A piece of a line. */
export type Inline =
  | { kind: "text" | "code"; text: string }
  | { kind: "link"; url: string; text: string }
  | { kind: "bold" | "italic" | "strike"; children: Inline[] };

/** Lines, a quotation, or a block of code. */
export type Block = { kind: "lines" | "quote"; lines: Inline[][] } | { kind: "pre"; text: string };

export function parse(text: string, options?: { verbatim?: boolean }): Block[];
export function unescapeEntities(text: string): string;
