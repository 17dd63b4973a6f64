import { describe, expect, it } from "vitest";
import { openTerminalLab, slackOf } from "../../../support/local/terminal-lab.ts";

describe("the settings of bluegreen-guard recreate", { timeout: 60_000 }, () => {
  it("are whole or none for Slack", async () => {
    const lab = await openTerminalLab();
    const half = await lab.run(["recreate", "orders-15"], { ...slackOf(lab), SLACK_SECRET: undefined });
    expect(half).toMatchObject({ code: 2, out: "" });
    expect(half.err).toBe(
      "SLACK_SECRET is not set. Set SLACK_CHANNEL, and SLACK_BOT_TOKEN or SLACK_SECRET, or none of them: Slack is told nothing then.\n",
    );
    const named = await lab.run(["recreate", "orders-15"], { ...slackOf(lab), SLACK_CHANNEL: "general" });
    expect(named.err).toMatch(/^SLACK_CHANNEL takes a channel's id, .*; received "general"\./);
  });

  it("name a table that there is", async () => {
    const lab = await openTerminalLab();
    const { code, err } = await lab.run(["recreate", "orders-15"], { BLUEGREEN_GUARD_TABLE: "guard" });
    expect({ code, err }).toEqual({
      code: 2,
      err: 'There is no table "guard" here. Look at BLUEGREEN_GUARD_TABLE, and at account and region.\n',
    });
  });
});
