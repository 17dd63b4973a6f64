import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import { messageText } from "../../../../../lab/slack/text.ts";
import { told } from "../../../../support/lab/stage.ts";
import { openTerminalLab, slackOf } from "../../../../support/local/terminal-lab.ts";

describe("bluegreen-guard watch", { concurrent: true }, () => {
  it("tells a channel what stands and what happens, with cards that name this computer and the commands, until Ctrl-C", async ({
    onTestFinished,
  }) => {
    const lab = await openTerminalLab({ onTestFinished });
    const id = await lab.ready();
    const watch = lab.start(["watch", "--every", "5"], slackOf(lab));
    await watch.saw(`  orders-15 (${id}): Ready to switch over`);
    const [card] = lab.slack.messages;
    expect(card && messageText(card)).toContain(`watched from \`${hostname()}\`, only while \`npx bluegreen-guard watch\` runs there`);
    expect(card && messageText(card)).toContain("`npx bluegreen-guard switchover orders-15`");
    lab.rds.runDdl("orders", "ALTER TABLE");
    await watch.saw("Told in a thread: orders-15: Replication is degraded");
    watch.signal("SIGINT");
    const { code, out, err } = await watch.ended;
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n").slice(0, 5)).toEqual([
      `account 123456789012 · ap-northeast-1 · ${lab.url}`,
      "It may see blue/green deployments, events, clusters, instances, custom endpoints and the lag.",
      `It tells the Slack channel ${lab.slack.channels[0]?.id} as @bluegreen_guard in the workspace Lab.`,
      `It only looks and tells. Its state is in ${lab.kept}/watch/${lab.slack.channels[0]?.id}.`,
      "It looks every 5 s, tells of a deployment as soon as there is one, and watches only while it runs. Ctrl-C ends it. A deployed guard watches all the time.",
    ]);
    expect(out).toMatch(/Ended: nobody watches from here now\. To watch again: npx bluegreen-guard watch --state \S+\n$/);
    expect(told(lab)[0]).toBe("orders-15 · Degraded: cannot be switched over");
    expect(lab.slack.messages.map((it) => JSON.stringify(it)).filter((it) => it.includes('"actions"'))).toEqual([]);
    expect(lab.rds.calls.map(({ action }) => action).filter((it) => !it.startsWith("Describe"))).toEqual(["CreateBlueGreenDeployment"]);
  });

  it("--once looks once, tells the terminal where there is no Slack, and what was told not again", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    const id = await lab.ruined();
    const first = await lab.run(["watch", "--once"]);
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toContain("It tells this terminal. With SLACK_CHANNEL and SLACK_BOT_TOKEN set it tells Slack.");
    expect(first.out).toContain("  orders-15 · Degraded: cannot be switched over\n");
    expect(first.out).toContain("  │ What to do next\n  │ Blue is not affected: it stays production. Green cannot be repaired.\n");
    expect(first.out).toMatch(/^\d\d:\d\d:\d\d UTC {2}.* things happened, newest first\n {4}│ /m);
    const second = await lab.run(["watch", "--once"]);
    expect(second).toMatchObject({ code: 0, err: "" });
    expect(second.out).not.toContain("│");
    expect(second.out).toContain(`It sees one blue/green deployment:\n  orders-15 (${id}): Degraded: cannot be switched over\n`);
    expect(lab.slack.messages).toEqual([]);
  });

  it("does not begin where the guard is deployed, nor where that cannot be seen unless --alone vouches for it", async ({
    onTestFinished,
  }) => {
    const lab = await openTerminalLab({ deployed: true, onTestFinished });
    for (const more of [[], ["--alone"]]) {
      const { code, err } = await lab.run(["watch", "--once", ...more], slackOf(lab));
      expect([code, err]).toEqual([
        2,
        expect.stringMatching(/^The guard is deployed in this account and region: its event bus .* is there\./),
      ]);
    }
    lab.bus.exists = false;
    lab.bus.mayDescribe = false;
    const blind = await lab.run(["watch", "--once"], slackOf(lab));
    expect(blind).toMatchObject({
      code: 2,
      err: expect.stringContaining("Sign in with the permission events:DescribeEventBus, or give --alone"),
    });
    const alone = await lab.run(["watch", "--once", "--alone"], slackOf(lab));
    expect(alone).toMatchObject({ code: 0, err: "" });
    expect(alone.out).toContain(
      "  events:DescribeEventBus: It does not see whether the guard is deployed here: --alone vouches that it is not.\n",
    );
    expect(alone.out).toContain("It sees no blue/green deployment to watch.");
  });

  it("names each permission that it lacks and what it does not see without it, and tells the rest", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    const id = await lab.ready();
    lab.rds.faults.denied.add("DescribeEvents");
    lab.cloudwatch.refuse("AccessDenied", "The caller is not authorized to perform: cloudwatch:GetMetricData");
    const { code, out } = await lab.run(["watch", "--once"], slackOf(lab));
    expect(out.split("\n").slice(1, 5)).toEqual([
      "It may see blue/green deployments, clusters, instances and custom endpoints.",
      "It may not see everything. oncall lacks these permissions:",
      expect.stringMatching(/^ {2}rds:DescribeEvents: It does not hear what RDS reports/),
      "  cloudwatch:GetMetricData: How far green lags behind blue stays unknown.",
    ]);
    expect(out).toMatch(/could not see or tell everything:\n {2}User: arn:\S+ is not authorized to perform: rds:DescribeEvents/);
    expect(code).toBe(1);
    expect(told(lab)[0]).toBe("orders-15 · Ready to switch over");
    expect(lab.slack.messages.map(messageText)[0]).toMatch(/ runs there; \*it may not see events, the lag\*$/);
    expect(out).toContain(`  orders-15 (${id}): Ready to switch over`);
    lab.rds.faults.denied.add("DescribeBlueGreenDeployments");
    const blind = await lab.run(["watch"], slackOf(lab));
    expect(blind).toMatchObject({ code: 2, err: "It does not begin: without the blue/green deployments there is nothing to watch.\n" });
    expect(blind.out).toContain("  rds:DescribeBlueGreenDeployments: It sees no deployment, so it has nothing to tell.\n");
  });
});
