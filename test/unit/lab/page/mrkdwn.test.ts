import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Block, type Inline, parse } from "../../../../lab/page/browser/mrkdwn.ts";

const text = (value: string): Inline => ({ kind: "text", text: value });
const line = (value: string): Inline[] => {
  const [block] = parse(value, { verbatim: true });
  return block && "lines" in block ? (block.lines[0] ?? []) : [];
};

describe("mrkdwn on the page", () => {
  it("knows bold, italic, strike and code, also within one another", () => {
    expect(line("*a `b*c` _d_* ~e~")).toEqual([
      { kind: "bold", children: [text("a "), { kind: "code", text: "b*c" }, text(" "), { kind: "italic", children: [text("d")] }] },
      text(" "),
      { kind: "strike", children: [text("e")] },
    ]);
  });

  it("leaves names with underscores and sums with asterisks as they are", () => {
    expect(line("log_min_messages and 2*3*4 and a * b * c")).toEqual([text("log_min_messages and 2*3*4 and a * b * c")]);
  });

  it("turns entities back once", () => {
    expect(line("a &lt;b&gt; &amp;lt; `&lt;`")).toEqual([text("a <b> &lt; "), { kind: "code", text: "<" }]);
  });

  it("links http and https with their labels, and nothing else", () => {
    expect(line("<https://a.example/?x=1&amp;y=2|here>")).toEqual([{ kind: "link", url: "https://a.example/?x=1&y=2", text: "here" }]);
    expect(line("<mailto:a@b.example|mail>")).toEqual([text("mail")]);
    expect(line("<javascript:alert(1)|click>")).toEqual([text("<javascript:alert(1)|click>")]);
  });

  it("links a bare address only where it may", () => {
    const address = { kind: "link", url: "https://a.example/b", text: "https://a.example/b" };
    expect(parse("see https://a.example/b.")).toEqual([{ kind: "lines", lines: [[text("see "), address, text(".")]] }]);
    expect(line("see https://a.example/b.")).toEqual([text("see https://a.example/b.")]);
  });

  it("says dates and mentions in words", () => {
    expect(line("<!date^1700000000^{time}|at noon> <!here> <@U1|ann> <#C1|general> <!subteam^S1|@dba>")).toEqual([
      text("at noon"),
      text(" "),
      text("@here"),
      text(" "),
      text("ann"),
      text(" "),
      text("general"),
      text(" "),
      text("@dba"),
    ]);
  });

  it("gathers quotation lines and keeps blocks of code as they are", () => {
    expect(parse("> a\n&gt; b\nc\n```\n*d* &lt;\n```\ne")).toEqual([
      { kind: "quote", lines: [[text("a")], [text("b")]] },
      { kind: "lines", lines: [[text("c")]] },
      { kind: "pre", text: "*d* <" },
      { kind: "lines", lines: [[text("e")]] },
    ]);
  });

  it("links nothing but http and https, whatever it reads", () => {
    const pieces = fc.constantFrom("*", "_", "~", "`", "```", "<", ">", "|", "!date^", "javascript:", "https://", "&lt;", "\n", "a", " ");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.boolean(), (parts, verbatim) => {
        for (const url of parse(parts.join(""), { verbatim }).flatMap(urls)) expect(url).toMatch(/^https?:\/\//);
      }),
    );
  });
});

function urls(block: Block): string[] {
  return "lines" in block ? block.lines.flat().flatMap(urlsIn) : [];
}

function urlsIn(node: Inline): string[] {
  if (node.kind === "link") return [node.url];
  return "children" in node ? node.children.flatMap(urlsIn) : [];
}
