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
    [{}, { workspace: "T0LAB", home: "T0LAB" }],
    [{ team: null }, { workspace: "T0LAB", home: "T0LAB" }],
    [{ team: null, user: { id: "U0ONCALL", username: null, team_id: null } }, {}],
    [{ user: { id: "U0ONCALL", team_id: null } }, { workspace: "T0LAB" }],
    [{ user: { id: "U0ONCALL", team_id: "T0OTHER" } }, { workspace: "T0LAB", home: "T0OTHER" }],
  ])("is read, and says where it was pressed and whose it is, if Slack does: %j", (changed, origin) => {
    expect(readSlackRequest(press(changed))).toMatchObject({ kind: "press", action: "hold", origin });
  });

  const container = (more: Record<string, unknown>) => ({
    container: { type: "message", message_ts: "1.1", channel_id: "C0BLUEGREEN", ...more },
  });

  // Sources: slack-go/slack issue 711, slackapi/bolt-js issue 134, HubSpot/slack-client issue 405.
  it.each<[string, Record<string, unknown>]>([
    ["on a message with attachments", container({ type: "message_attachment", attachment_id: 1, is_app_unfurl: false })],
    ["in a thread", container({ thread_ts: "1.0" })],
    ["on a message for one person, of which Slack sends no content", { ...container({ is_ephemeral: true }), message: undefined }],
    ["without a trigger", { trigger_id: undefined }],
    ["in a private channel", { channel: { id: "G0PRIVATE", name: "privategroup" } }],
    ["of somebody without a user name", { user: { id: "U0ONCALL", name: "oncall", team_id: "T0LAB" } }],
    ["of somebody whose user name is null", { user: { id: "U0ONCALL", username: null, team_id: "T0LAB" } }],
    ["of somebody of an organisation", { user: { id: "W012A3CDE", username: "x", team_id: "T0LAB" } }],
    ["of somebody whose workspace is left out", { user: { id: "U0ONCALL", username: "x" } }],
    ["of somebody whose workspace is null", { user: { id: "U0ONCALL", username: "x", team_id: null } }],
    ["of an app of an organisation", { enterprise: { id: "E0", name: "org" }, is_enterprise_install: true, team: null }],
  ])("is read %s", (_, changed) => {
    expect(readSlackRequest(press(changed))).toMatchObject({ kind: "press", action: "hold", value: "1", origin: { workspace: "T0LAB" } });
  });
});
