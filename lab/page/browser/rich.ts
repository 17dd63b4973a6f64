import { el } from "./dom.ts";
import { type Inline, parse } from "./mrkdwn.ts";

const TAGS = { bold: "strong", italic: "em", strike: "s" } as const;

/** Slack's mrkdwn as elements. */
export function mrkdwn(text: string, { verbatim = false } = {}): HTMLElement[] {
  return parse(text, { verbatim }).map((block) => {
    if (block.kind === "pre") return el("pre", {}, block.text);
    const lines = block.lines.flatMap((line, index) => [index > 0 && el("br"), ...line.map(inline)]);
    return block.kind === "quote" ? el("blockquote", {}, lines) : el("p", {}, lines);
  });
}

function inline(node: Inline): HTMLElement | string {
  switch (node.kind) {
    case "text":
      return node.text;
    case "code":
      return el("code", {}, node.text);
    case "link":
      return URL.canParse(node.url) ? outward(node.url, node.text) : node.text;
    default:
      return el(TAGS[node.kind], {}, node.children.map(inline));
  }
}

/** A link out of the page, which tells nobody where it was followed from. */
export function outward(url: string, text: string): HTMLAnchorElement {
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, text);
}
