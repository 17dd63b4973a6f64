import { describe, expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import { newRequest } from "../../../src/operations/request.ts";
import { openRequests, writeRequest } from "../../../src/operations/requests.ts";
import { idle, ONCALL, openSlackLab } from "../../support/conversation/slack-lab.ts";
import { addCluster, create, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { withoutDetails } from "../../support/lab/stage.ts";
import { ready } from "../../support/operations/switching.ts";

it("cancel with the beginning of a name does not stop the operation on the one that begins so", async () => {
  const lab = await openSlackLab({}, { isWatched: false });
  await lab.clock.work(async () => {
    for (const [cluster, name] of [
      ["prodold", "prod-old"],
      ["prod", "prod"],
    ] as const) {
      addCluster(lab, cluster);
      await create(lab, cluster, { name });
    }
    await pass(lab, 60 * MINUTE);
  });
  await lab.type("/bluegreen switchover prod-old");
  await lab.press("confirm");
  expect(await lab.type("/bluegreen cancel prod")).toContain('One deployment begins with "prod"');
  await lab.clock.work(() => pass(lab, 20 * MINUTE));
  await lab.settled();
  expect(lab.changes()).toEqual(["Create", "Create", "Switchover"]);
});

it("a deployment named like another's id takes neither that one's card buttons nor its commands away", async () => {
  const lab = await openSlackLab({}, { isWatched: true });
  const id = await ready(lab, "orders");
  await lab.settled();
  const card = withoutDetails(lab).find((it) => it.threadTs === undefined && JSON.stringify(it).includes(`"value":"${id}"`));
  await lab.clock.work(async () => {
    addCluster(lab, "other");
    await create(lab, "other", { name: id });
    await pass(lab, 60 * MINUTE);
  });
  await lab.settled();
  let shown = "";
  lab.slack.onMessage(({ message }) => {
    if (message.onlyFor) shown = messageText(message);
  });
  await lab.slack.sending.press(card?.ts ?? "", "switchover", ONCALL);
  await idle(lab);
  expect(shown).toMatch(/^Switch orders-15 over\?/);
  expect(await lab.type(`/bluegreen switchover ${id}`)).toMatch(/^Switch orders-15 over\?/);
  expect(await lab.type(`/bluegreen status ${id}`)).toMatch(/^orders-15 · /);
});

// A name is free again once its deployment is gone, and an operation on that one may still be under way, half done or unclear.
describe("a name of two deployments, of which an operation is", () => {
  const ELSE = {
    deploymentId: "bgd-aaaaaaaaaaaaaaaa",
    blue: "cluster-ELSE",
    requestedBy: { name: "oncall" },
    via: "slack",
    approved: true,
  } as const;
  const at = "2024-02-05T05:00:00.000Z";
  const outcome = (result: "unclear" | "failed") => ({ outcome: { result, said: { code: "nothing-changed" as const }, at } });

  it.each([
    ["under way", "cancel orders-15", {}],
    ["under way", "cancel orders-15 --force", {}],
    ["unclear", "cancel orders-15", outcome("unclear")],
    ["half done", "recreate orders-15", { deletionBegunAt: at, deletedAt: at, ...outcome("failed") }],
  ])("%s: none of them is meant by it: %s", async (_, command, state) => {
    const lab = await openSlackLab({}, { isWatched: false });
    for (const [id, one] of [
      ["1", ELSE],
      ["2", { ...ELSE, deploymentId: "bgd-bbbbbbbbbbbbbbbb", blue: "cluster-OTHER" }],
    ] as const) {
      const asked = { ...one, operation: "recreate", deploymentName: "orders-15", stateHash: "0" } as const;
      await writeRequest(lab.records, { ...newRequest(id, asked, lab.clock.now()), usedBy: "arn", ...state });
    }
    const before = await openRequests(lab.records);
    const answer = await lab.type(`/bluegreen ${command}`);
    expect(answer).toContain('Several deployments are called "orders-15". Say which by its id:');
    expect(answer).toMatch(/bgd-aaaaaaaaaaaaaaaa[\s\S]*bgd-bbbbbbbbbbbbbbbb/);
    expect(answer).not.toContain("[ ");
    expect(await openRequests(lab.records)).toEqual(before);
    expect(await lab.type(`/bluegreen ${command.replace("orders-15", "bgd-aaaaaaaaaaaaaaaa")}`)).not.toContain("Several");
  });
});

// Slack leaves its marks in what is pasted: fusebit/fusebot issue 26, integrations/slack issue 324, kmaida/rota-slackbot issue 29,
// scrapinghub/slackbot issue 212. The guard itself writes names in bold and in backticks.
it.each([
  "*orders-15*",
  "`orders-15`",
  "_orders-15_",
  "~orders-15~",
  "*`orders-15`*",
  "“orders-15”",
  "'orders-15'",
  "\u200borders-15",
  "orders-15\u00a0",
  "orders\u200b-15",
])("a name as it was pasted is the name: %s", async (name) => {
  const lab = await openSlackLab({}, { isWatched: false });
  await ready(lab, "orders");
  expect(await lab.type(`/bluegreen status ${name}`)).toMatch(/^orders-15 · /);
  expect(await lab.type(`/bluegreen *switchover* ${name}`)).toMatch(/^Switch orders-15 over\?/);
});
