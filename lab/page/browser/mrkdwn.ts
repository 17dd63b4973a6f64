const CODE_BLOCK = /```\n?([\s\S]+?)\n?```/;
const QUOTE = /^(?:>|&gt;) ?/;
const CODE = "`(?<code>[^`\\n]+)`";
const ANGLE = "<(?<angle>(?:[@#!]|https?:\\/\\/|mailto:)[^<>\\n]*)>";
const BARE = "(?<bare>https?:\\/\\/[^\\s<>|`]+[^\\s<>|`.,;:!?)*_~])";
const EMPHASIS = "(?<![\\p{L}\\p{N}*_~`])(?<mark>[*_~])(?=\\S)(?<inside>(?:`[^`\\n]+`|[^`\\n])+?)(?<=\\S)\\k<mark>(?![\\p{L}\\p{N}*_~`])";
const KINDS = { "*": "bold", _: "italic", "~": "strike" } as const;

/** A piece of a line. */
export type Inline =
  | { kind: "text" | "code"; text: string }
  | { kind: "link"; url: string; text: string }
  | { kind: "bold" | "italic" | "strike"; children: Inline[] };

interface Lines {
  kind: "lines" | "quote";
  lines: Inline[][];
}

/** Lines, a quotation, or a block of code. */
export type Block = Lines | { kind: "pre"; text: string };

/** Of a match what it matched: one of them, or a mark with what is inside. */
type Found = Partial<Record<"code" | "angle" | "bare" | "mark" | "inside", string>>;

/**
 * Reads Slack's mrkdwn as a tree of plain objects.
 *
 * Only http and https become links; with `verbatim` a bare address does not.
 */
export function parse(text: string, { verbatim = false } = {}): Block[] {
  const block = CODE_BLOCK.exec(text);
  if (!block) return text === "" ? [] : paragraphs(text, verbatim);
  const [fenced, code = ""] = block;
  const before = text.slice(0, block.index).replace(/\n$/, "");
  const after = text.slice(block.index + fenced.length).replace(/^\n/, "");
  return [...parse(before, { verbatim }), { kind: "pre", text: unescapeEntities(code) }, ...parse(after, { verbatim })];
}

/** Turns `&lt;`, `&gt;` and `&amp;` back, the only entities that Slack knows. */
export function unescapeEntities(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function paragraphs(text: string, verbatim: boolean): Lines[] {
  const blocks: Lines[] = [];
  for (const line of text.split("\n")) {
    const kind = QUOTE.test(line) ? "quote" : "lines";
    const parsed = inline(kind === "quote" ? line.replace(QUOTE, "") : line, verbatim);
    const last = blocks.at(-1);
    if (last?.kind === kind) last.lines.push(parsed);
    else blocks.push({ kind, lines: [parsed] });
  }
  return blocks;
}

function inline(text: string, verbatim: boolean): Inline[] {
  const pattern = new RegExp([CODE, ANGLE, ...(verbatim ? [] : [BARE]), EMPHASIS].join("|"), "gu");
  const nodes: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    nodes.push(...plain(text.slice(end, match.index)), node(match.groups ?? {}, verbatim));
    end = match.index + match[0].length;
  }
  return [...nodes, ...plain(text.slice(end))];
}

function node({ code, angle, bare, mark, inside = "" }: Found, verbatim: boolean): Inline {
  if (code !== undefined) return { kind: "code", text: unescapeEntities(code) };
  if (bare !== undefined) return link(bare);
  if (angle !== undefined) return angled(angle);
  return { kind: KINDS[mark as keyof typeof KINDS], children: inline(inside, verbatim) };
}

function angled(inside: string): Inline {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 || bar === inside.length - 1 ? undefined : inside.slice(bar + 1);
  if (/^https?:\/\//.test(target)) return link(target, label);
  return { kind: "text", text: unescapeEntities(label ?? named(target)) };
}

/** The name in a mention or a date without a label. */
function named(target: string): string {
  const isCommand = target.startsWith("!") && !target.startsWith("!date^");
  return isCommand ? `@${target.slice(1).replace(/^subteam\^/, "")}` : target;
}

function link(url: string, label = url): Inline {
  return { kind: "link", url: unescapeEntities(url), text: unescapeEntities(label) };
}

function plain(text: string): Inline[] {
  return text === "" ? [] : [{ kind: "text", text: unescapeEntities(text) }];
}
