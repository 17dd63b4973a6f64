import { describe, expect, it } from "vitest";
import { readSlackRequest } from "../../../src/conversation/slack-request.ts";

/** A press as Slack sends it, with fields changed. Source: Slack, "block_actions payload". */
function press(changed: Record<string, unknown>): string {
  const payload = {
    type: "block_actions",
    user: { id: "U0ONCALL", username: "oncall", team_id: "T0LAB" },
    team: { id: "T0LAB", domain: "lab" },
    channel: { id: "C0BLUEGREEN", name: "blue-green" },
    container: { type: "message", message_ts: "1707107227.000100" },
    response_url: "https://hooks.slack.com/actions/T0/1/x",
    actions: [{ type: "button", action_id: "hold", value: "1" }],
    ...changed,
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

describe("a press", () => {
  it.each([
    [{}, "T0LAB"],
    [{ team: null }, "T0LAB"],
    [{ team: null, user: { id: "U0ONCALL", username: null, team_id: null } }, ""],
    [{ user: { id: "U0ONCALL", team_id: null } }, "T0LAB"],
    [{ user: { id: "U0ONCALL", team_id: "T0OTHER" } }, "T0OTHER"],
  ])("of an app that a whole organisation installed is read, and says of which workspace it is, if of any: %j", (changed, workspace) => {
    expect(readSlackRequest(press(changed))).toMatchObject({ kind: "press", action: "hold", workspace });
  });
});
