import { expect, test } from "vitest";
import type { LabMessage, MessageChange } from "../../../../lab/slack/messages.ts";
import { renderMessage } from "../../../../lab/slack/terminal.ts";
import { START } from "../../../support/lab/server.ts";

const posted: LabMessage = {
  channel: "C1",
  channelName: "blue-green",
  ts: "1707130347.868000",
  author: "app",
  text: "",
  blocks: [],
  postedAt: START,
  edits: [],
};

function drawn(message: Partial<LabMessage>, options: { color?: boolean; width?: number; kind?: MessageChange["kind"] } = {}): string {
  const { color = false, width = 60, kind = "posted" } = options;
  return renderMessage({ kind, message: { ...posted, ...message } }, { color, width });
}

const mrkdwn = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });

test("a message is drawn with the lab's time, what happened, where, and its text without asterisks", () => {
  const blocks = [{ type: "header", text: { type: "plain_text", text: "orders: degraded" } }, mrkdwn("*Recreate* it with `a*b*c`, 2*3*4")];
  expect(drawn({ blocks })).toBe(["10:52:27 posted #blue-green", "  orders: degraded", "  Recreate it with `a*b*c`, 2*3*4"].join("\n"));
});

test("an update is drawn at the time of the edit, a deletion at its own and without text", () => {
  const edits = [{ at: START + 60_000, text: "b", blocks: [] }];
  expect(drawn({ text: "b", edits }, { kind: "updated" })).toBe("10:53:27 updated #blue-green\n  b");
  expect(drawn({ text: "b", deleted: { at: START + 3_600_000 } }, { kind: "deleted" })).toBe("11:52:27 deleted #blue-green");
});

test("an entry of a thread stands two characters further in, behind a rail", () => {
  expect(drawn({ text: "one\ntwo", threadTs: "1.2" })).toBe(["│ 10:52:27 posted #blue-green in a thread", "│   one", "│   two"].join("\n"));
});

test("an entry of a thread that the channel shows too says so", () => {
  expect(drawn({ text: "one", threadTs: "1.2", broadcast: true })).toBe(
    "│ 10:52:27 posted #blue-green in a thread and the channel\n│   one",
  );
});

test("text is wrapped at words to the width, and a word that is too long is cut", () => {
  const lines = drawn({ text: `the quick brown fox ${"x".repeat(25)} 日本語日本語日本語日本語` }, { width: 20 }).split("\n");
  expect(lines.slice(1)).toEqual([
    "  the quick brown",
    "  fox",
    `  ${"x".repeat(18)}`,
    `  ${"x".repeat(7)}`,
    "  日本語日本語日本語",
    "  日本語",
  ]);
});

test("in colour, bold and code are set off line by line, and an attachment's colour is its rail's", () => {
  const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
  const attachments = [
    { color: "#e01e5a", blocks: [mrkdwn("*a b* `c`")] },
    { color: "teal", text: "d" },
  ];
  const lines = drawn({ text: "*eleven chars more*", attachments }, { color: true, width: 14 }).split("\n");
  expect(lines).toEqual([
    "\u001b[2m10:52:27 posted #blue-green\u001b[22m",
    `  ${bold("eleven chars")}`,
    `  ${bold("more")}`,
    `\u001b[38;2;224;30;90m│ \u001b[39m${bold("a b")} \u001b[36mc\u001b[39m`,
    "│ d",
  ]);
});

test("lines between fences are code, with the fences left out", () => {
  expect(drawn({ text: "ran:\n```\nALTER TABLE *a*\n```\ndone" }).split("\n").slice(1)).toEqual(["  ran:", "  ALTER TABLE *a*", "  done"]);
});

test("escape codes, controls and reordering marks from outside are shown and never passed on", () => {
  const evil = "a\u001b[2Jb\u009b31m\r\u0007\u007f\u202etxt\u2028\u200b\tz";
  const out = drawn({ text: evil, channelName: "x\u001b]0;t", attachments: [{ color: "\u001b[31m", text: evil }] });
  expect(out).toBe(
    [
      "10:52:27 posted #x␛]0;t",
      "  a␛[2Jb<U+009B>31m␍␇␡<U+202E>txt<U+2028><U+200B> z",
      "│ a␛[2Jb<U+009B>31m␍␇␡<U+202E>txt<U+2028><U+200B> z",
    ].join("\n"),
  );
  expect(out).not.toMatch(/[^\n\P{Cc}]/u);
});

test("without colour there is no escape code at all", () => {
  const attachments = [{ color: "good", blocks: [mrkdwn("*a* `b`")] }];
  expect(drawn({ text: "*a*", threadTs: "1.2", attachments })).not.toContain("\u001b");
});
