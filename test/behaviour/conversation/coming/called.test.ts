import { DeleteBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import { calls, ddl, degraded, minutes, prepared, saying } from "../../../support/conversation/coming.ts";

const DBA = "<@U0DBA> <!subteam^S0DBAS> ";
const SAYS = "orders-15: Replication is degraded. The upgrade is blocked. Production is not affected, so this can wait until morning.";
const WHY = `${DBA}🟠 *${SAYS}*`;
const AGAIN = `${DBA}🟠 *orders-15: Nobody has taken this for 30 minutes: Degraded: cannot be switched over. The upgrade is blocked. Production is not affected, so this can wait until morning.*`;

it("the entry that says why it needs a person mentions those who can come later, in the channel and in the notification", async () => {
  const { lab } = await degraded();
  expect(calls(lab)).toEqual([WHY]);
  expect(lab.slack.messages.find(({ text }) => text?.includes("<@U0DBA>"))).toMatchObject({
    broadcast: true,
    text: `${DBA}🟠 ${SAYS}`,
  });
});

it("they are mentioned once more when nobody has taken it for 30 minutes, and never a third time", async () => {
  const { lab } = await degraded();
  await minutes(lab, 28);
  expect(calls(lab)).toEqual([WHY]);
  await minutes(lab, 10);
  expect(calls(lab)).toEqual([WHY, AGAIN]);
  expect(lab.slack.messages.find((it) => it.text?.includes("Nobody has taken"))).toMatchObject({ broadcast: true });
  await ddl(lab);
  await minutes(lab, 6 * 60);
  expect(calls(lab)).toEqual([WHY, AGAIN]);
});

it("nobody is mentioned again once it needs nobody", async () => {
  const { lab, id } = await degraded();
  await lab.clock.work(() => lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, DeleteTarget: true })));
  await minutes(lab, 60);
  expect(calls(lab)).toEqual([`${DBA}*orders-15: Replication is degraded*`]);
});

it("what is ready to be switched over mentions nobody", async () => {
  const { lab } = await prepared();
  await minutes(lab, 60);
  expect(calls(lab)).toEqual([]);
});

it("a switchover in part mentions those who come now", async () => {
  const { lab } = await prepared();
  lab.rds.nextSwitchover = { fails: [{ name: "orders-1" }] };
  await lab.type("/bluegreen switchover orders-15");
  await lab.press("confirm");
  await minutes(lab, 60);
  expect(calls(lab)).toEqual([
    expect.stringMatching(/^<!subteam\^S0ONCALL> 🔴 \*.*part/i),
    expect.stringMatching(/^<!subteam\^S0ONCALL> 🔴 \*orders-15: Nobody has taken this for 30 minutes: Partly switched over/),
  ]);
  expect(calls(lab).join("")).not.toContain(DBA);
});

it("where several channels are told, both are mentioned in, and once more in both", async () => {
  const { lab } = await degraded({ channels: ["orders-*=C0ORDERS001"] });
  await minutes(lab, 120);
  expect(calls(lab, "C0ORDERS001")).toEqual([WHY, AGAIN]);
  expect(calls(lab, "C0BLUEGREEN")).toEqual([WHY, AGAIN]);
});

it("nobody is mentioned, and nothing is repeated, unless that is set", async () => {
  const { lab } = await degraded({ mentions: [] });
  await minutes(lab, 120);
  expect(calls(lab)).toEqual([]);
  expect(saying(lab, "Nobody has taken")).toEqual([]);
  expect(saying(lab, /\[ I'm on it \]/)).toHaveLength(2);
});
