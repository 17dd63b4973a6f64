import { describe, expect, it } from "vitest";
import { buttonsOf } from "../../../lab/slack/sending.ts";
import { messageText } from "../../../lab/slack/text.ts";
import { type PressOnFile, pressForm, pressOnFile } from "../../support/conversation/payloads.ts";
import { buttonFor, COLLEAGUE, DEVELOPER, idle, ONCALL, openSlackLab, type SlackLab, send } from "../../support/conversation/slack-lab.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { ready } from "../../support/operations/switching.ts";

const ORGANISATION = "E0001";
const OF_ORGANISATION = { enterprise_id: ORGANISATION };
const WHOLE = { team_id: ORGANISATION, enterprise_id: ORGANISATION, is_enterprise_install: true };

async function withDeployment(installed: object, policy: Parameters<typeof openSlackLab>[0] = {}): Promise<SlackLab> {
  const lab = await openSlackLab(policy, { isWatched: policy.onDegraded !== undefined });
  Object.assign(lab.slack.installed, installed);
  await ready(lab, "orders");
  return lab;
}

/** The lab's workspace in place of the one in Slack's documents. */
const inLab = (payload: Record<string, unknown>): object => JSON.parse(JSON.stringify(payload).replaceAll("T9TK3CUKW", "T0LAB")) as object;

/** Somebody presses the newest such button that they see, with the payload on file; returns what they alone are then shown. */
async function press(lab: SlackLab, name: PressOnFile, action: string, user: string): Promise<string> {
  const ts = buttonFor(lab, action, user);
  const message = [...lab.slack.messages, ...lab.slack.ephemeral].find((it) => it.ts === ts);
  const button = message && buttonsOf(message).find(({ action_id }) => action_id === action);
  const channel = message?.channel ?? "";
  const file = pressOnFile(name);
  const payload = inLab({
    ...file,
    user: { ...(file["user"] as object), id: user },
    container: { type: "message", message_ts: ts, channel_id: channel, is_ephemeral: message?.onlyFor !== undefined },
    channel: { id: channel, name: "blue-green" },
    response_url: lab.slack.sending.address({ user, channel, original: ts }),
    actions: [{ ...button, block_id: "b", action_ts: ts }],
  });
  let shown = "nothing";
  const stop = lab.slack.onMessage(({ message: it }) => {
    if (it.onlyFor === user) shown = messageText(it);
  });
  expect((await send(lab.slackUrl() ?? "", pressForm(payload))).status).toBe(200);
  await idle(lab);
  stop();
  return shown;
}

/** A lab whose policy has announced a recreation, which anybody can hold. */
async function announced(installed: object): Promise<SlackLab> {
  const lab = await withDeployment(installed, { onDegraded: "recreate", settleMinutes: 30 });
  await lab.clock.work(async () => {
    lab.rds.runDdl("orders", "ALTER TABLE");
    await pass(lab, 5 * MINUTE);
  });
  await lab.settled();
  return lab;
}

describe("in a workspace of an organisation", () => {
  it.each<[string, object, PressOnFile]>([
    ["with the app in the workspace", OF_ORGANISATION, "a press in a workspace of an organisation"],
    ["with the app in the whole organisation", WHOLE, "a press of an app that an organisation installed"],
    ["with another workspace as their own", OF_ORGANISATION, "a press of somebody whose own workspace is another one of the organisation"],
  ])("an operator confirms a plan, %s", async (_, installed, name) => {
    const lab = await withDeployment(installed);
    expect(await lab.type("/bluegreen switchover orders-15", COLLEAGUE)).toContain("Switch orders-15 over?");
    expect(await press(lab, name, "confirm", COLLEAGUE)).toContain("The switchover of orders-15 begins.");
  });

  it.each([OF_ORGANISATION, WHOLE])("the lab presses as Slack does: %j", async (installed) => {
    const lab = await withDeployment(installed, { approvals: 1 });
    await lab.type("/bluegreen switchover orders-15", COLLEAGUE);
    expect(await lab.press("confirm", COLLEAGUE)).toContain("Another operator has to approve it now");
    expect(await lab.press("approve", ONCALL)).toContain("The switchover of orders-15 begins.");
  });

  it("anybody of the organisation holds what the policy has announced", async () => {
    const lab = await announced(OF_ORGANISATION);
    expect(await press(lab, "a press in a workspace of an organisation", "hold", DEVELOPER)).toContain(
      "On hold: the guard does not recreate `orders-15`",
    );
  });

  it("of whom it is not known to be of the organisation holds it only as an operator", async () => {
    const lab = await announced(OF_ORGANISATION);
    const elsewhere: PressOnFile = "a press of somebody whose own workspace is another one of the organisation";
    const refused = await press(lab, elsewhere, "hold", DEVELOPER);
    expect(refused).toContain("Slack does not say whether you belong to the guard's own organisation, so nothing was done.");
    expect(refused).toContain("Ask one of the guard's operators to press it.");
    expect(await press(lab, elsewhere, "hold", ONCALL)).toContain("On hold: the guard does not recreate `orders-15`");
  });
});

describe("a stranger in a channel that is shared with another company", () => {
  it.each([
    ["hold", DEVELOPER],
    ["hold", ONCALL],
  ])("cannot press %s, whatever their id (%s)", async (action, user) => {
    const lab = await announced({});
    expect(await press(lab, "a press of a stranger in a shared channel", action, user)).toContain(
      "The guard takes commands from people of its own workspace alone.",
    );
    expect(lab.lines("Refused").at(-1)).toMatchObject({ reason: "another workspace or channel" });
    expect(await press(lab, "a press", action, user)).toContain("On hold: the guard does not recreate `orders-15`");
  });
});
