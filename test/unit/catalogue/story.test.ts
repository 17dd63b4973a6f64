import { describe, expect, it } from "vitest";
import type { LabMessage } from "../../../lab/slack/messages.ts";
import { context, message, section } from "../../../src/messages/slack/message.ts";
import { type Change, type Happening, inOrder } from "../../catalogue/happening.ts";
import { ReadBefore } from "../../catalogue/read-before.ts";
import { steady, steadyIdentifiers } from "../../catalogue/steady.ts";
import { storySection } from "../../catalogue/story.ts";

const AT = Date.parse("2024-02-05T04:29:00Z");

/** A message's change in the channel `minutes` after the beginning: its heading, its paragraphs and its small print. */
function change(
  ts: string,
  [heading = "", ...body]: string[],
  minutes = 0,
  more: Partial<LabMessage> & { kind?: Change["kind"] } = {},
): Change {
  const { kind = "posted", ...other } = more;
  const said = message("info", `orders: ${heading}`, section(`*${heading}*`), [...body.map(section), context(`Info · ${minutes} min`)]);
  const { blocks, attachments, text } = JSON.parse(JSON.stringify(said)) as LabMessage;
  const at = AT + minutes * 60_000;
  const place = { channel: "C0BLUEGREEN", channelName: "blue-green", author: "app", postedAt: at, edits: [] } as const;
  return { at, kind, message: { ...place, ts, text, blocks, attachments, ...other } };
}

const updated = { kind: "updated" } as const;
const story = (happenings: Happening[], read = new ReadBefore(), name = "one") => storySection({ name, line: "a story" }, happenings, read);

describe("a story", () => {
  it("says what people do, where each message is posted and to whom, and gives the notification where it says something else", () => {
    const text = story([
      { at: AT, said: "The story begins." },
      change("1.1", ["Building", "Wait."]),
      change("1.2", ["Begun"], 1, { threadTs: "1.1", broadcast: true }),
      change("1.3", ["A plan"], 2, { onlyFor: "U0ONCALL", text: "Look here" }),
    ]);
    expect(text.split("\n\n").filter((it) => !it.startsWith(">"))).toEqual([
      "### one",
      "A story.",
      "**04:29** · The story begins.",
      "**04:29 · message 1**, in the channel.",
      "**04:30 · message 2**, in the thread of 1 and in the channel.",
      "**04:31 · message 3**, visible to oncall alone. Notification: “Look here”",
    ]);
    expect(text).toContain("> **Building**\n>\n> Wait.\n>\n> Info · 0 min");
  });

  it("shows of a change what is new in words, and leaves out what differs in numbers or in the small print alone", () => {
    const text = story([
      change("1.1", ["Building", "*Tasks*\n█░ 1 of 2", "*Advice*\nWait."]),
      change("1.1", ["Building", "*Tasks*\n██ 2 of 2", "*Advice*\nWait."], 1, updated),
      change("1.1", ["Building", "*Advice*\nTest it."], 2, updated),
    ]);
    expect(text).not.toContain("04:30");
    expect(text).toContain("**04:31 · message 1** changes; no longer there: **Tasks**.\n\n> **Building**\n>\n> **Advice**\\\n> Test it.");
    expect(text.match(/Building/g)).toHaveLength(2);
  });

  it("refers to where the same words stand, with other names and numbers, and says so once more where a word is new", () => {
    const read = new ReadBefore();
    story([change("1.1", ["Building", "`orders-1` is at 5."])], read);
    const text = story(
      [change("2.1", ["Building", "`shop`, `shop-2` is at 7."], 1), change("2.2", ["Building", "`shop` was at 7."], 2)],
      read,
      "two",
    );
    expect(text).toContain("**04:30 · message 1**, in the channel. **Building** ([one](#one), 04:29)");
    expect(text).toContain("**04:31 · message 2**, in the channel.\n\n> **Building**");
  });
});

describe("at one moment of the clock", () => {
  const card = change("1.1", ["Building"]);
  const later = change("1.1", ["Ready"], 0, updated);
  const entry = change("1.2", ["Begun"]);

  it("messages have an order of their own, whoever was faster, and one that changes twice reads as in the end", () => {
    const texts = inOrder([entry, card, later]).map((it) => "message" in it && `${it.kind} ${it.message.text}`);
    expect(texts).toEqual(["posted orders: Begun", "posted orders: Ready"]);
    expect(inOrder([card, entry, later])).toEqual(inOrder([entry, card, later]));
  });

  it("what people do stays between what was said before and after it", () => {
    const said = { at: AT, said: "Oncall presses." };
    expect(inOrder([entry, said, card])).toEqual([entry, said, card]);
  });
});

describe("what chance makes", () => {
  it("is numbered in the order of its appearance, a request's id and the name that begins with it alike", () => {
    const text = "orders-16-cacef73e, cacef73e-7d35-4b8e-9c51-2f6d3e8a7b10, then orders-16-0f9a2c41 of bgd-sk2jt57bc8n3l2aw";
    expect(steady(text)).toBe("orders-16-00000001, 00000001-0000-4000-8000-000000000000, then orders-16-00000002 of bgd-sk2jt57bc8n3l2aw");
  });

  it("does not depend, for RDS, on how many ids of another kind were made between", () => {
    const [one, two] = [steadyIdentifiers(), steadyIdentifiers()];
    two.uuid();
    two.greenSuffix();
    expect(two.deployment()).toBe(one.deployment());
    expect(one.deployment()).toMatch(/^bgd-[a-z0-9]{16}$/);
    expect(one.deployment()).not.toBe(two.greenSuffix());
  });
});
