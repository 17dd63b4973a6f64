import { expect, it } from "vitest";
import { WEBHOOK_SECRET } from "../../../../../lab/names.ts";
import { type DoctorLab, GIVEN, openDoctorLab } from "../../../../support/local/doctor-lab.ts";

const given = { ...GIVEN, webhookSecret: "team/webhook" };
const ASKED = ["deployed-settings", "functions", "queues", "webhook", "webhook-posts"];
const ask = (lab: DoctorLab, post = true) => lab.doctor({ given, allowed: { post, stop: false } }, ASKED);
const receiverOf = ({ webhook }: DoctorLab) => {
  if (!webhook) throw new Error("This lab has no webhook.");
  return webhook.receiver;
};

it("doctor of a guard with a webhook reads its secret, and sends a signed test where it may post", async () => {
  const lab = await openDoctorLab({ webhook: true });
  const quiet = await ask(lab, false);
  expect(quiet.has("webhook-posts")).toBe(false);
  expect(receiverOf(lab).calls).toEqual([]);
  const lines = await ask(lab);
  expect([...lines.values()].filter(({ result }) => result !== "pass")).toEqual([]);
  expect([...lines.keys()].sort()).toEqual(ASKED.toSorted());
  expect(lines.get("webhook-posts")).toMatchObject({ came: "HTTP 204" });
  expect(lines.get("functions")?.came).toBe("8 are Active");
  const [test, ...others] = receiverOf(lab).calls;
  expect([JSON.parse(test?.body ?? ""), test?.verified, others]).toEqual([
    { type: "test", timestamp: expect.any(String), data: { id: test?.id } },
    true,
    [],
  ]);
});

it("doctor fails where the receiver refuses, where the secret holds something else, and where dead letters wait", async () => {
  const lab = await openDoctorLab({ webhook: true });
  receiverOf(lab).reply(() => ({ status: 403, body: "not you" }));
  expect((await ask(lab)).get("webhook-posts")).toMatchObject({
    result: "fail",
    came: 'WebhookError: The webhook answered with HTTP 403 and "not you".',
  });
  lab.secrets.secrets.set(WEBHOOK_SECRET, "{}");
  lab.output("WebhookDeadLetters", `${lab.url}/123456789012/facts-dead-letters`);
  lab.account.messages.set("facts-dead-letters", 2);
  const lines = await ask(lab);
  expect(lines.get("webhook")).toMatchObject({ result: "fail", came: expect.stringContaining("holds no url") });
  expect(lines.get("queues")).toMatchObject({ result: "fail", came: "WebhookDeadLetters 2" });
});

it("doctor fails where the file states another webhook, or none", async () => {
  const lab = await openDoctorLab({ webhook: true });
  const said = async (webhookSecret: string | undefined) =>
    (await lab.doctor({ given: { ...GIVEN, webhookSecret } }, ["deployed-settings"])).get("deployed-settings");
  expect(await said("team/webhook")).toMatchObject({ result: "pass" });
  expect(await said("team/other")).toMatchObject({ result: "fail", came: expect.stringContaining("webhookSecret") });
  expect(await said(undefined)).toMatchObject({ result: "fail", came: expect.stringContaining("webhookSecret") });
});
