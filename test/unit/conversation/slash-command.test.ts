import * as fc from "fast-check";
import { expect, it } from "vitest";
import { readSlashCommand } from "../../../src/conversation/slash-command.ts";
import type { Problem } from "../../../src/messages/answers.ts";
import { PROBLEMS } from "../../../src/messages/en/conversation/help.ts";
import { say } from "../../../src/messages/form.ts";
import { helpReply } from "../../../src/messages/slack/command-replies.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";

it.each([
  ["", { command: "status" }],
  ["  ", { command: "status" }],
  ["status", { command: "status", name: undefined }],
  ["STATUS orders-16", { command: "status", name: "orders-16" }],
  ["recreate  orders-16 ", { command: "recreate", name: "orders-16" }],
  ["cancel bgd-1", { command: "cancel", name: "bgd-1" }],
  ["switchover orders", { command: "switchover", name: "orders", timeoutSeconds: 300 }],
  ["switchover orders 3600", { command: "switchover", name: "orders", timeoutSeconds: 3_600 }],
  ["help", { command: "help" }],
])("reads %j", (text, expected) => expect(readSlashCommand(text)).toEqual(expected));

it.each([
  ["frobnicate", 'There is no command "frobnicate".'],
  ["recreate", "Which deployment? Type: npx bluegreen-guard recreate NAME"],
  ["cancel", "Which deployment? Type: npx bluegreen-guard cancel NAME"],
  ["switchover", "Which deployment? Type: npx bluegreen-guard switchover NAME [SECONDS]"],
  ["switchover orders 29", 'The timeout takes whole seconds, 30 to 3600; received "29".'],
  ["switchover orders 3601", 'received "3601"'],
  ["switchover orders ten", 'received "ten"'],
  ["switchover orders 1e3", 'received "1e3"'],
  ["switchover orders -60", 'received "-60"'],
  ["switchover orders 60 70", '"switchover" takes one name'],
  ["recreate all my databases", '"recreate" takes one name, without spaces; received "all my databases".'],
  ["status a b", '"status" takes one name'],
  [`recreate ${"a".repeat(300)}`, "No deployment has a name of 300 characters."],
])("says of %j what to type", (text, problem) => {
  const read = readSlashCommand(text);
  expect(read.command === "help" && read.problem && say(PROBLEMS, read.problem, inTerminal)).toContain(problem);
});

it("whatever is typed is one of the commands or a call for help, and only a name and a timeout within RDS's range come through", async () => {
  const word = fc.oneof(
    fc.constantFrom("status", "recreate", "switchover", "cancel", "help", "<!channel>", "`", "60"),
    fc.string(),
    fc.string({ unit: "grapheme" }),
  );
  await fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), fc.constantFrom(" ", "  ", "\t", "\n", "\u00a0"), (words, space) => {
      const read = readSlashCommand(words.join(space));
      if (read.command === "help") return void helpReply(read.problem);
      if (read.command === "switchover") {
        expect(read.timeoutSeconds).toBeGreaterThanOrEqual(30);
        expect(read.timeoutSeconds).toBeLessThanOrEqual(3_600);
      }
      if ("name" in read && read.name !== undefined) expect(read.name).toMatch(/^\S{1,255}$/u);
    }),
    { numRuns: 2_000 },
  );
});

it("no answer to what was typed mentions anybody or makes a link", async () => {
  await fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom("<!channel>", "<@U0ONCALL>", "<https://a.invalid|b>", "&lt;!here&gt;")), (text) => {
      const { problem } = readSlashCommand(text) as { problem?: Problem };
      const message = JSON.stringify(helpReply(problem));
      expect(message).not.toMatch(/<[!@#h]/);
    }),
    { numRuns: 1_000 },
  );
});
