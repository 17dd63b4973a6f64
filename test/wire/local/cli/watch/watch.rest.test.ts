import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SLACK_SECRET, TOKEN } from "../../../../../lab/secrets.ts";
import { messageText } from "../../../../../lab/slack/text.ts";
import { told } from "../../../../support/lab/stage.ts";
import { openTerminalLab, slackOf } from "../../../../support/local/terminal-lab.ts";

const WATCH = ["watch", "--every", "5"];

describe("bluegreen-guard watch", { concurrent: true }, () => {
  it("leaves it to the process that watches there already, and another channel is another watch", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ready();
    const first = lab.start(WATCH, slackOf(lab));
    await first.saw("It sees one blue/green deployment");
    const second = await lab.run(["watch", "--once"], slackOf(lab));
    expect(second).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^Process \d+ of this computer has watched here since .* UTC and tells the/),
    });
    expect(await lab.run(["watch", "--once"])).toMatchObject({ code: 0, err: "" });
    expect(await readdir(join(lab.kept, "watch"))).toEqual([lab.slack.channels[0]?.id, "terminal"]);
    first.signal("SIGKILL");
    await first.ended;
    expect(await lab.run(["watch", "--once"], slackOf(lab))).toMatchObject({ code: 0, err: "" });
    expect(told(lab).filter((it) => !it.startsWith("  "))).toEqual(["orders-15 · Ready to switch over"]);
  });

  it("tells of what another terminal does, which leaves it to the watch: one card and one thread", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    const watch = lab.start(WATCH, slackOf(lab));
    await watch.saw("It sees one blue/green deployment");
    const recreate = await lab.run(["recreate", "orders-15", "--yes"], slackOf(lab));
    expect(recreate).toMatchObject({ code: 0, out: expect.stringContaining("What watches on this computer tells Slack of it.") });
    await watch.saw("Created again");
    await watch.saw(": Ready to switch over");
    const cards = told(lab).filter((it) => !it.startsWith("  "));
    expect(cards).toEqual([expect.stringMatching(/^orders-15-[0-9a-f]{8} · Ready to switch over$/)]);
    const entries = lab.slack.messages.map(messageText).filter((it) => /\*(Being deleted and c|C)reated again\*/.test(it));
    expect(entries.join("\n")).toMatch(/Being deleted and created again\*[\s\S]*\*Created again/);
  });

  it("says once what a look could not see, tries again, and says when it sees everything again", async ({ expect, onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ready();
    const watch = lab.start(WATCH, slackOf(lab));
    await watch.saw("It sees one blue/green deployment");
    lab.rds.faults.denied.add("DescribeBlueGreenDeployments");
    await watch.saw("rds:DescribeBlueGreenDeployments because no identity-based policy allows");
    const asked = () => lab.rds.calls.filter(({ outcome }) => outcome === "AccessDenied").length;
    await expect.poll(asked).toBeGreaterThan(1);
    lab.rds.faults.denied.clear();
    await watch.saw("It sees and tells everything again.");
    watch.signal("SIGTERM");
    const { code, out } = await watch.ended;
    expect(code).toBe(0);
    expect(out.match(/could not see or tell everything/g)).toHaveLength(1);
  });

  it("ends within seconds also in a look that RDS does not answer", async ({ expect, onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ready();
    const watch = lab.start(WATCH, slackOf(lab));
    await watch.saw("It sees one blue/green deployment");
    lab.rds.faults.hang({ times: 100, action: "DescribeBlueGreenDeployments" });
    const hangs = () => lab.rds.calls.at(-1)?.outcome;
    await expect.poll(hangs).toBe("hang");
    const since = Date.now();
    watch.signal("SIGINT");
    expect((await watch.ended).code).toBe(0);
    expect(Date.now() - since).toBeLessThan(9_000);
  });

  it("takes channel, secret and which deployments to watch from the settings file in its folder, and nothing that would act", async ({
    onTestFinished,
  }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ready();
    const { SLACK_API_URL } = slackOf(lab);
    const write = (settings: object) => writeFile(join(lab.home, "bluegreen-guard.json"), JSON.stringify(settings));
    const slackChannel = lab.slack.channels[0]?.id;
    await write({ slackChannel, slackSecret: "create", onDegraded: "recreate", tagMayRaise: true });
    const mute = await lab.run(["watch", "--once"], { SLACK_API_URL });
    expect(mute).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringContaining("No secret holds a token for its channel yet: SLACK_BOT_TOKEN can."),
    });
    expect(mute.out).toContain("  │ What to do next");
    await write({ slackChannel, slackSecret: SLACK_SECRET, watch: "tagged" });
    const untagged = await lab.run(["watch", "--once"], { SLACK_API_URL });
    expect(untagged).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringContaining("It leaves out 1 without the tag bluegreen-guard:watch."),
    });
    expect(told(lab)).toEqual([]);
    await write({ slackChannel, slackSecret: SLACK_SECRET });
    expect(await lab.run(["watch", "--once"], { SLACK_API_URL })).toMatchObject({ code: 0, err: "" });
    expect(told(lab)[0]).toBe("orders-15 · Ready to switch over");
    await write({ slackChannel: "general" });
    const wrong = await lab.run(["watch", "--once"], { SLACK_API_URL });
    expect(wrong).toMatchObject({
      code: 2,
      err: expect.stringContaining("bluegreen-guard.json is refused: slackChannel takes a channel's id"),
    });
  });

  it("says what is wrong with the Slack settings before it begins, and never the token", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    const wrong = await lab.run(["watch"], { ...slackOf(lab), SLACK_SECRET: undefined, SLACK_BOT_TOKEN: "xoxb-nobody" });
    expect(wrong).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^Slack refused auth\.test: invalid_auth\. Correct the bot token in SLACK_BOT_TOKEN/),
    });
    const half = await lab.run(["watch"], { SLACK_BOT_TOKEN: TOKEN });
    expect(half).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^SLACK_CHANNEL is not set\. Set SLACK_CHANNEL, and SLACK_BOT_TOKEN or/),
    });
    for (const { out, err } of [wrong, half]) expect(out + err).not.toMatch(/xoxb-/);
  });
});
