import { expect, it } from "vitest";
import { context, fields, header, message, section } from "../../../src/messages/slack/message.ts";
import { paragraphsOf, quotation } from "../../catalogue/markdown.ts";

const lines = (...all: string[]): string => all.join("\n");

it("a message is one quotation: its blocks are paragraphs, its lines stay lines, and lists and quotations end where they end", () => {
  const read = message("info", "a notification", header("orders · Ready"), [
    fields(["*Blue*\n`orders`", "*Green*\n`orders-green-abc123`"]),
    section("*What to do*\n1. Look.\n2. Decide.\nThat is all.\n> RDS says no"),
    context("Info · &lt;now&gt;"),
  ]);
  expect(quotation(paragraphsOf(read))).toBe(
    lines(
      "> **orders · Ready**",
      ">",
      "> **Blue**\\",
      "> `orders`",
      ">",
      "> **Green**\\",
      "> `orders-green-abc123`",
      ">",
      "> **What to do**",
      ">",
      "> 1. Look.",
      "> 2. Decide.",
      ">",
      "> That is all.",
      ">",
      "> > RDS says no",
      ">",
      "> Info · \\<now>",
    ),
  );
});

it("what Markdown alone takes for a mark is escaped, except in code", () => {
  expect(quotation([["a * b, `<c> *d*`, \\e", "# no heading"]])).toBe("> a \\* b, `<c> *d*`, \\\\e\\\n> \\# no heading");
});

it("a message without blocks is its text", () => {
  expect(paragraphsOf({ text: "The button failed.", blocks: [] })).toEqual([["The button failed."]]);
});

it("who is mentioned has their name, as Slack shows it", () => {
  expect(paragraphsOf({ text: "<@U0ONCALL> asks <@U0NOBODY>" })).toEqual([["@oncall asks @U0NOBODY"]]);
});
