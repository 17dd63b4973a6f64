import { expect, test } from "vitest";
import { messageText } from "../../../../lab/slack/text.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });

test("a card reads from top to bottom: header, text, fields, context, buttons, dividers, then attachments", () => {
  const text = messageText({
    text: "only in the notification",
    blocks: [
      { type: "header", text: plain("orders &amp; carts: degraded") },
      {
        type: "section",
        text: mrkdwn("*Recreate* it,\nthen rest"),
        fields: [mrkdwn("*Blue*\norders"), mrkdwn("*Green*\norders-green-a1b2c3")],
      },
      { type: "divider" },
      { type: "section", text: plain("See"), accessory: { type: "button", text: plain("Runbook"), url: "https://example.com/r" } },
      {
        type: "actions",
        elements: [
          { type: "button", text: plain("Recreate") },
          { type: "button", text: plain("Hold") },
        ],
      },
      { type: "context", elements: [{ type: "image", alt_text: "blue to green" }, mrkdwn("seen 10:52"), plain("by RDS")] },
    ],
    attachments: [{ color: "danger", fallback: "left out", blocks: [{ type: "section", text: mrkdwn("within the attachment") }] }],
  });
  expect(text.split("\n")).toEqual([
    "orders & carts: degraded",
    "*Recreate* it,",
    "then rest",
    "*Blue*",
    "orders",
    "*Green*",
    "orders-green-a1b2c3",
    "",
    "See",
    "[ Runbook ] (https://example.com/r)",
    "[ Recreate ]  [ Hold ]",
    "[image: blue to green] seen 10:52 by RDS",
    "within the attachment",
  ]);
});

test.each([
  ["&lt;script&gt; &amp;amp;", "<script> &amp;"],
  ["<https://example.com/a?b=1&amp;c=2|the runbook>", "the runbook (https://example.com/a?b=1&c=2)"],
  ["<https://example.com>", "https://example.com"],
  ["<https://example.com|https://example.com>", "https://example.com"],
  ["ask <@U0GUARD> in <#C1|ops>, <!here> <!subteam^S1|@dba>", "ask @U0GUARD in #ops, @here @dba"],
  ["at <!date^1707130347^{time}|10:52 UTC>", "at 10:52 UTC"],
  ["`ALTER TABLE a ADD b int` *now* _please_", "`ALTER TABLE a ADD b int` *now* _please_"],
  ["if a < b and c > d", "if a < b and c > d"],
])("mrkdwn %s reads %s", (given, read) => {
  expect(messageText({ text: given })).toBe(read);
});

test("attachments in the old form are read with their title, fields and footer, and the fallback only where nothing else is shown", () => {
  const attachment = {
    pretext: "Before",
    title: "Runbook",
    title_link: "https://example.com",
    text: "Body",
    fields: [{ title: "Blue", value: "orders" }],
    footer: "Foot",
  };
  expect(messageText({ text: "Text", attachments: [attachment, { fallback: "Nothing else" }] }).split("\n")).toEqual([
    "Text",
    "Before",
    "Runbook (https://example.com)",
    "Body",
    "Blue: orders",
    "Foot",
    "Nothing else",
  ]);
});

test("rich text, menus and images are read too", () => {
  const elements = [
    {
      type: "rich_text_section",
      elements: [
        { type: "text", text: "See " },
        { type: "link", url: "https://example.com", text: "this" },
      ],
    },
    { type: "rich_text_list", style: "bullet", elements: [{ type: "rich_text_section", elements: [{ type: "emoji", name: "wave" }] }] },
    { type: "rich_text_quote", elements: [{ type: "text", text: "said" }] },
    { type: "rich_text_preformatted", elements: [{ type: "text", text: "DROP TABLE a" }] },
  ];
  const select = { type: "static_select", placeholder: plain("Choose") };
  const overflow = { type: "overflow", options: [{ text: plain("Cancel"), value: "c" }] };
  const blocks = [
    { type: "rich_text", elements },
    { type: "actions", elements: [select, overflow] },
    { type: "image", title: plain("Plan"), alt_text: "a plan", image_url: "https://example.com/a.png" },
  ];
  expect(messageText({ blocks }).split("\n")).toEqual([
    "See this (https://example.com)",
    "• :wave:",
    "> said",
    "```",
    "DROP TABLE a",
    "```",
    "[ Choose ]  [ Cancel ]",
    "Plan",
    "[image: a plan]",
  ]);
});
