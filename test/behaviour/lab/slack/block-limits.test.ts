import { expect, test } from "vitest";
import { startSlack } from "../../../support/lab/server.ts";

const x = (length: number): string => "x".repeat(length);
const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const section = (fields: object) => ({ type: "section", ...fields });
const button = (fields: object = {}) => ({ type: "button", text: plain("Go"), ...fields });
const actions = (...elements: object[]) => ({ type: "actions", elements });
const many = (count: number, item: (index: number) => object) => Array.from({ length: count }, (_, index) => item(index));
const confirm = { title: plain("Sure?"), text: mrkdwn("*All* of it"), confirm: plain("Yes"), deny: plain("No") };

const accepted: [string, object[]][] = [
  ["50 blocks", many(50, () => ({ type: "divider" }))],
  ["a section of 3,000 characters", [section({ text: mrkdwn(x(3000)) })]],
  ["10 fields", [section({ fields: many(10, () => mrkdwn("a")) })]],
  ["a field of 2,000 characters", [section({ fields: [plain(x(2000))] })]],
  ["a header of 150 characters", [{ type: "header", text: { ...plain(x(150)), emoji: true } }]],
  ["10 context elements", [{ type: "context", elements: many(10, () => mrkdwn("a")) }]],
  ["25 buttons", [actions(...many(25, (index) => button({ action_id: `a${index}` })))]],
  ["a full button", [actions(button({ text: plain(x(75)), action_id: x(255), value: x(2000), url: x(3000), style: "danger", confirm }))]],
  [
    "an image, beside text and alone",
    [
      section({ text: plain("a"), accessory: { type: "image", image_url: "https://example.com/a.png", alt_text: "a" } }),
      { type: "image", image_url: "https://example.com/a.png", alt_text: "a", title: plain("b") },
    ],
  ],
  [
    "an overflow menu",
    [section({ text: plain("a"), accessory: { type: "overflow", action_id: "o", options: [{ text: plain("a"), value: "b" }] } })],
  ],
  [
    "a select menu",
    [actions({ type: "static_select", action_id: "s", placeholder: plain("p"), options: [{ text: plain("a"), value: "b" }] })],
  ],
  ["rich text", [{ type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "a" }] }] }]],
  ["one action_id in two blocks", [actions(button({ action_id: "a" })), actions(button({ action_id: "a" }))]],
];

const refused: [string, object[], string[]][] = [
  ["51 blocks", many(51, () => ({ type: "divider" })), ["no more than 50 items allowed [json-pointer:/blocks]"]],
  [
    "an empty section text",
    [section({ text: mrkdwn("") })],
    [
      "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
      "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ],
  ],
  [
    "a section of 3,001 characters",
    [section({ text: mrkdwn(x(3001)) })],
    [
      "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
      "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ],
  ],
  ["11 fields", [section({ fields: many(11, () => mrkdwn("a")) })], ["no more than 10 items allowed [json-pointer:/blocks/0/fields]"]],
  ["no fields", [section({ fields: [] })], ["no fewer than 1 items allowed [json-pointer:/blocks/0/fields]"]],
  [
    "a field of 2,001 characters",
    [section({ fields: [mrkdwn("a"), mrkdwn(x(2001))] })],
    [
      "failed to match all allowed schemas [json-pointer:/blocks/0/fields/1]",
      "must be less than 2001 characters [json-pointer:/blocks/0/fields/1/text]",
    ],
  ],
  ["a section without text and fields", [section({})], ["must define either `text` or `fields` [json-pointer:/blocks/0/type]"]],
  [
    "a header of 151 characters",
    [{ type: "header", text: plain(x(151)) }],
    ["must be less than 151 characters [json-pointer:/blocks/0/text/text]"],
  ],
  ["a header with mrkdwn", [{ type: "header", text: mrkdwn("a") }], ["unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"]],
  ["a header without text", [{ type: "header" }], ["missing required field: text [json-pointer:/blocks/0]"]],
  [
    "11 context elements",
    [{ type: "context", elements: many(11, () => mrkdwn("a")) }],
    ["no more than 10 items allowed [json-pointer:/blocks/0/elements]"],
  ],
  [
    "a button within a context",
    [{ type: "context", elements: [button()] }],
    ["unsupported type: button [json-pointer:/blocks/0/elements/0/type]"],
  ],
  ["26 buttons", [actions(...many(26, () => button()))], ["no more than 25 items allowed [json-pointer:/blocks/0/elements]"]],
  ["no buttons", [actions()], ["no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"]],
  [
    "a button of 76 characters",
    [actions(button({ text: plain(x(76)) }))],
    ["must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"],
  ],
  [
    "a button with mrkdwn",
    [actions(button({ text: mrkdwn("a") }))],
    ["unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/text/type]"],
  ],
  [
    "an action_id of 256 characters",
    [actions(button({ action_id: x(256) }))],
    ["must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]"],
  ],
  [
    "a value of 2,001 characters",
    [actions(button({ value: x(2001) }))],
    ["must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"],
  ],
  [
    "a value that is an object",
    [actions(button({ value: { id: 1 } }))],
    ["must provide a string [json-pointer:/blocks/0/elements/0/value]"],
  ],
  [
    "an unknown button style",
    [actions(button({ style: "warning" }))],
    ["must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]"],
  ],
  [
    "a disabled button",
    [actions(button({ disabled: true }))],
    ["invalid additional property: disabled [json-pointer:/blocks/0/elements/0]"],
  ],
  [
    "a confirmation with too long a button",
    [actions(button({ confirm: { ...confirm, deny: plain(x(31)) } }))],
    ["must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]"],
  ],
  [
    "two buttons with one action_id",
    [actions(button({ action_id: "a" }), button({ action_id: "a" }))],
    ["`action_id` needs to be unique: a [json-pointer:/blocks/0/elements/1/action_id]"],
  ],
  [
    "two blocks with one block_id",
    [
      { type: "divider", block_id: "b" },
      { type: "divider", block_id: "b" },
    ],
    ["`block_id` needs to be unique: b [json-pointer:/blocks/1/block_id]"],
  ],
  [
    "6 overflow options",
    [actions({ type: "overflow", options: many(6, () => ({ text: plain("a"), value: "b" })) })],
    ["no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]"],
  ],
  [
    "an image without alt_text",
    [{ type: "image", image_url: "https://example.com/a.png" }],
    ["missing required field: alt_text [json-pointer:/blocks/0]"],
  ],
  ["an unknown block", [{ type: "paragraph" }], ["unsupported type: paragraph [json-pointer:/blocks/0/type]"]],
  ["a block without type", [{ text: plain("a") }], ["missing required field: type [json-pointer:/blocks/0]"]],
  ["a misspelt field", [section({ text: mrkdwn("a"), texts: 1 })], ["invalid additional property: texts [json-pointer:/blocks/0]"]],
  [
    "a divider with text, and a bad block after it",
    [
      { type: "divider", text: "a" },
      { type: "header", text: plain("") },
    ],
    ["invalid additional property: text [json-pointer:/blocks/0]", "must be more than 0 characters [json-pointer:/blocks/1/text/text]"],
  ],
];

type Content = { channel: string; text: string };
const message = (content: object): Content => ({ channel: "C0BLUEGREEN", text: "a", ...content });

test.each(accepted)("Slack takes %s", async (_name, blocks) => {
  const { client, slack } = await startSlack();
  await client.chat.postMessage(message({ blocks }));
  expect(slack.messages[0]?.blocks).toEqual(blocks);
});

test.each(refused)("Slack refuses %s and says where", async (_name, blocks, errors) => {
  const { client, slack } = await startSlack();
  const error = await client.chat.postMessage(message({ blocks })).catch((caught) => caught);
  expect(error.data).toMatchObject({
    ok: false,
    error: "invalid_blocks",
    errors,
    response_metadata: { messages: errors.map((each) => `[ERROR] ${each}`) },
  });
  const attached = await client.chat.postMessage(message({ attachments: [{ color: "danger", blocks }] })).catch((caught) => caught);
  const moved = errors.map((each) => each.replace("/blocks", "/attachments/0/blocks"));
  expect(attached.data).toMatchObject({ error: "invalid_attachments", errors: moved });
  expect(slack.messages).toEqual([]);
});
