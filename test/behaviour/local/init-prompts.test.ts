import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { askFor } from "../../../local/cli/init/ask.ts";
import type { Given } from "../../../src/settings/given.ts";

const END = "the end of the input";

/** Plays a person at the prompts: types each answer once its question is there. */
async function answering(known: Given, given: Given, answers: [question: string, keys: string][]) {
  const input = new PassThrough();
  const output = new PassThrough();
  const left = [...answers];
  let shown = "";
  output.on("data", (chunk) => {
    shown += String(chunk);
    const [next] = left;
    if (!next || !shown.includes(next[0])) return;
    left.shift();
    shown = "";
    // The prompt listens once it has shown itself.
    setImmediate(() => (next[1] === END ? input.end() : input.write(next[1])));
  });
  const asked = await askFor(known, given, { input, output });
  expect(left).toEqual([]);
  return asked;
}

it("a person is asked for what the settings have to state", async () => {
  const answers: [string, string][] = [
    ["Slack channel", "C0123456789\r"],
    ["Secret", "team/slack\r"],
    ["Who may have something changed", "U0123456789, S0123456789\r"],
    ["alarms", "none\r"],
  ];
  expect(await answering({}, {}, answers)).toEqual({
    slackChannel: "C0123456789",
    slackSecret: "team/slack",
    operators: ["U0123456789", "S0123456789"],
    alarmEmail: "none",
  });
});

it("an answer that the setting does not take is refused at once, with what it takes", async () => {
  const given: Given = { slackSecret: "create", operators: "none", alarmEmail: "none" };
  const asked = await answering({}, given, [
    ["Slack channel", "#general\r"],
    ["takes a channel's id", `${"\b".repeat(8)}C0123456789\r`],
  ]);
  expect(asked).toEqual({ slackChannel: "C0123456789" });
});

it("what the file states is the answer to accept, and nobody is asked for an address where a topic gets the alarms", async () => {
  const topic = "arn:aws:sns:ap-northeast-1:123456789012:oncall";
  const known: Given = { slackChannel: "C0123456789", slackSecret: "create", operators: ["U0123456789"], alarmTopic: topic };
  const asked = await answering(known, {}, [
    ["Slack channel", "\r"],
    ["Secret", "\r"],
    ["Who may have something changed", "\r"],
  ]);
  expect(asked).toEqual({ slackChannel: "C0123456789", slackSecret: "create", operators: ["U0123456789"] });
});

it.each([
  ["by Ctrl-C", "\u0003"],
  ["by Ctrl-D", "\u0004"],
  ["with the terminal", END],
])("who leaves %s leaves nothing behind", async (_, keys) => {
  expect(await answering({}, {}, [["Slack channel", keys]])).toBeUndefined();
});
