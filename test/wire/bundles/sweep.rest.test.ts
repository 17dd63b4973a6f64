import { beforeEach, describe, expect, it } from "vitest";
import { SLACK_SECRET } from "../../../lab/secrets.ts";
import type { TestLab } from "../../support/lab/stage.ts";
import { openArticleLab } from "./article-lab.ts";
import { invoke, secretsIn } from "./function.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openArticleLab();
});

describe("the bundle of the sweep function", () => {
  it("fails where Slack refuses the token, names what to correct, and shows the token to nobody", async () => {
    lab.secrets.secrets.set(SLACK_SECRET, '{"botToken":"xoxb-lab-wrong"}');
    const seen = await invoke("sweep", [{}], lab);
    expect(seen.outcomes).toMatchObject([{ error: expect.stringContaining("Correct the bot token in the Slack secret") }]);
    expect(seen.subsegments.map(({ name }) => name)).toContain("127.0.0.1/slack/api/chat.postMessage");
    expect(lab.slack.messages).toEqual([]);
    expect(seen.datagrams.length).toBeGreaterThan(10);
    expect(secretsIn(seen)).toEqual([]);
  });
});
