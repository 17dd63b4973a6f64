import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { messageText } from "../../../../lab/slack/text.ts";
import { BIN, openHelloLab, runNode } from "../../../support/local/hello-run.ts";

const hello = (environment: Record<string, string | undefined>, ...args: string[]) =>
  runNode([resolve(BIN), "hello", ...args], environment, tmpdir());

describe("hello", () => {
  it("sends one message with the settings of the environment, and says where it stands", async () => {
    const { slack, environment } = await openHelloLab();
    const { code, out, err } = await hello(environment);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(slack.messages.map(messageText)).toEqual([expect.stringContaining("There is nothing to do.")]);
    const [{ ts = "" } = {}] = slack.messages;
    expect(out.split("\n")).toEqual([
      'The secret "bluegreen-guard/slack" holds a bot token and a signing secret.',
      "The token is that of @bluegreen_guard in the workspace Lab (https://lab.slack.com/).",
      `The message stands in C0BLUEGREEN: https://lab.slack.com/archives/C0BLUEGREEN/p${ts.replace(".", "")}`,
      "",
    ]);
  });
});
