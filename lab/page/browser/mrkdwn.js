const CODE_BLOCK = /```\n?([\s\S]+?)\n?```/;
const QUOTE = /^(?:>|&gt;) ?/;
const CODE = "`(?<code>[^`\\n]+)`";
const ANGLE = "<(?<angle>(?:[@#!]|https?:\\/\\/|mailto:)[^<>\\n]*)>";
const BARE = "(?<bare>https?:\\/\\/[^\\s<>|`]+[^\\s<>|`.,;:!?)*_~])";
const EMPHASIS = "(?<![\\p{L}\\p{N}*_~`])(?<mark>[*_~])(?=\\S)(?<inside>(?:`[^`\\n]+`|[^`\\n])+?)(?<=\\S)\\k<mark>(?![\\p{L}\\p{N}*_~`])";
const KINDS = { "*": "bold", _: "italic", "~": "strike" };

/**
 * Reads Slack's mrkdwn as a tree of plain objects: blocks `{kind: "lines" | "quote", lines}` and `{kind: "pre", text}`, and in lines
 * `{kind: "text" | "code", text}`, `{kind: "link", url, text}` and `{kind: "bold" | "italic" | "strike", children}`.
 *
 * Only http and https become links; with `verbatim` a bare address does not.
 */
export function parse(text, { verbatim = false } = {}) {
  const block = CODE_BLOCK.exec(text);
  if (!block) return text === "" ? [] : paragraphs(text, verbatim);
  const before = text.slice(0, block.index).replace(/\n$/, "");
  const after = text.slice(block.index + block[0].length).replace(/^\n/, "");
  return [...parse(before, { verbatim }), { kind: "pre", text: unescapeEntities(block[1]) }, ...parse(after, { verbatim })];
}

/** Turns `&lt;`, `&gt;` and `&amp;` back, the only entities that Slack knows. */
export function unescapeEntities(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function paragraphs(text, verbatim) {
  const blocks = [];
  for (const line of text.split("\n")) {
    const kind = QUOTE.test(line) ? "quote" : "lines";
    const parsed = inline(kind === "quote" ? line.replace(QUOTE, "") : line, verbatim);
    if (blocks.at(-1)?.kind === kind) blocks.at(-1).lines.push(parsed);
    else blocks.push({ kind, lines: [parsed] });
  }
  return blocks;
}

function inline(text, verbatim) {
  const pattern = new RegExp([CODE, ANGLE, ...(verbatim ? [] : [BARE]), EMPHASIS].join("|"), "gu");
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    nodes.push(...plain(text.slice(end, match.index)), node(match.groups, verbatim));
    end = match.index + match[0].length;
  }
  return [...nodes, ...plain(text.slice(end))];
}

function node({ code, angle, bare, mark, inside }, verbatim) {
  if (code !== undefined) return { kind: "code", text: unescapeEntities(code) };
  if (bare !== undefined) return link(bare);
  if (angle !== undefined) return angled(angle);
  return { kind: KINDS[mark], children: inline(inside, verbatim) };
}

function angled(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 || bar === inside.length - 1 ? undefined : inside.slice(bar + 1);
  if (/^https?:\/\//.test(target)) return link(target, label);
  const words = { "!": target.startsWith("!date^") ? target : `@${target.slice(1).replace(/^subteam\^/, "")}`, "#": target, "@": target };
  return { kind: "text", text: unescapeEntities(label ?? words[target[0]] ?? target) };
}

function link(url, label = url) {
  return { kind: "link", url: unescapeEntities(url), text: unescapeEntities(label) };
}

function plain(text) {
  return text === "" ? [] : [{ kind: "text", text: unescapeEntities(text) }];
}
