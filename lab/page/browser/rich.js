import { el } from "./dom.js";
import { parse } from "./mrkdwn.js";

const TAGS = { bold: "strong", italic: "em", strike: "s" };

/** Slack's mrkdwn as elements. */
export function mrkdwn(text, { verbatim = false } = {}) {
  return parse(text, { verbatim }).map((block) => {
    if (block.kind === "pre") return el("pre", {}, block.text);
    const lines = block.lines.flatMap((line, index) => [index > 0 && el("br"), ...line.map(inline)]);
    return block.kind === "quote" ? el("blockquote", {}, lines) : el("p", {}, lines);
  });
}

function inline(node) {
  if (node.kind === "text") return node.text;
  if (node.kind === "code") return el("code", {}, node.text);
  if (node.kind !== "link") return el(TAGS[node.kind], {}, node.children.map(inline));
  return URL.canParse(node.url) ? outward(node.url, node.text) : node.text;
}

/** A link out of the page, which tells nobody where it was followed from. */
export function outward(url, text) {
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, text);
}
