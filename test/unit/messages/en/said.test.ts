import { expect, it } from "vitest";
import { reasonWords, saidWords } from "../../../../src/messages/en/operations/said.ts";
import { slackForm } from "../../../../src/messages/slack/form.ts";
import { inTerminal } from "../../../../src/messages/terminal/form.ts";
import { FinalError } from "../../../../src/operations/final-error.ts";
import { reasonOf } from "../../../../src/operations/says/reasoned-error.ts";
import type { Reason } from "../../../../src/operations/says/reasons.ts";
import type { Said } from "../../../../src/operations/says/sayings.ts";
import { standingOf } from "../../../../src/standing/standing.ts";
import { databasesOf, first, rememberedOf, second } from "../../../support/deployments/upgrade.ts";

const ORDERS = { id: "bgd-1", name: "orders-15" };
const RUINED: Reason = { code: "rolled-back", text: "Replication is broken", degraded: true };

const standing = (deployment = first()) =>
  standingOf({ view: { deployment, databases: databasesOf(deployment) }, facts: [], memory: rememberedOf(deployment) });

it.each<Said>([
  { code: "announced", deployment: ORDERS, settleMinutes: 10 },
  { code: "asking", deployment: ORDERS, doubt: { code: "green-is-protected" } },
  { code: "asking", deployment: ORDERS, doubt: { code: "fields-missing", name: "orders-15", missing: [], asked: {} } },
  { code: "deleted-and-not-created", deployment: ORDERS, left: { code: "nothing-in-its-place", deployment: ORDERS, greenStays: true } },
  { code: "deletion-refused", deployment: ORDERS },
  { code: "new-green-not-ready", newName: "orders-15-0f9a2c41" },
  { code: "switchover-cancelled", deployment: ORDERS, why: RUINED },
])("what was said as $code advises to delete nothing once green may be production", (said) => {
  const advice = /bluegreen-guard recreate|will delete|recreate the deployment|Nothing has changed/;
  expect(saidWords(said, inTerminal, standing())).toMatch(advice);
  const later = saidWords(said, inTerminal, standing(second()));
  expect(later).not.toMatch(advice);
  expect(later).toMatch(/Delete nothing: green may be production by now\.$/);
});

it("what advises nothing is said the same whatever has become of green", () => {
  const said: Said = { code: "rds-said", at: "2024-02-05T11:41:00.000Z", text: "Switchover started." };
  expect(saidWords(said, inTerminal, standing(second()))).toBe("RDS, 11:41:00 UTC: Switchover started.");
});

it("commands and people are written as whoever reads it takes them", () => {
  const said: Said = {
    code: "deletion-refused",
    deployment: ORDERS,
    why: { code: "cancelled", by: { name: "oncall", id: "U0ONCALL" }, at: "2024-02-05T08:07:00.000Z" },
  };
  const UTC = "2024-02-05 08:07 UTC";
  const DATE = `<!date^1707120420^{date_short_pretty} {time}|${UTC}>`;
  const text = (person: string, time: string, command: string) =>
    `RDS refused the deletion: ${person} cancelled it at ${time}. The guard does not try again. For a new plan: ${command}`;
  expect(saidWords(said, inTerminal)).toBe(text("oncall", UTC, "npx bluegreen-guard recreate orders-15"));
  expect(saidWords(said, slackForm(true))).toBe(text("<@U0ONCALL>", DATE, "`/bluegreen recreate orders-15`"));
  expect(saidWords(said, slackForm(false))).toBe(text("<@U0ONCALL>", DATE, "`npx bluegreen-guard recreate orders-15`"));
});

it("what AWS said is made harmless, and ends as a sentence", () => {
  expect(reasonWords({ code: "aws-said", text: "<!channel> is\n not authorized" }, slackForm(true))).toBe(
    "&lt;!channel&gt; is not authorized.",
  );
});

it("a code of another version of the guard has no words, and breaks nothing", () => {
  expect(saidWords({ code: "something-new" }, inTerminal, standing())).toBe("");
});

it("a reason outlives the durable engine, which keeps of an error its name and its message", () => {
  const reason: Reason = { code: "gone", id: "bgd-1" };
  const { name, message } = new FinalError(reason);
  const cause = Object.assign(new Error(message), { name });
  expect(reasonOf(new Error("Step failed", { cause }))).toEqual(reason);
  expect(reasonOf(new Error("Step failed", { cause: new Error("AccessDenied: no") }))).toEqual({
    code: "aws-said",
    text: "AccessDenied: no",
  });
});
