import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openLab } from "../../../lab/lab.ts";
import { ScaledClock } from "../../../local/clock.ts";

const SPEED = 100;

it("a fact that was under way to the webhook when the guard's process was killed comes again, under the same id", async () => {
  const clock = new ScaledClock(SPEED);
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-webhook-"));
  const lab = await openLab({ clock, speed: SPEED, port: 0, folder, ownProcess: true, webhook: true });
  onTestFinished(async () => {
    await lab.close();
    clock.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const { host, webhook } = lab;
  if (!host || !webhook) throw new Error("This lab has no process of the guard's, or no webhook.");
  const stopStarting = host.onChange(() => host.alive || host.start());
  onTestFinished(stopStarting);
  let isFirst = true;
  webhook.receiver.reply(() => {
    if (!isFirst) return { status: 204 };
    isFirst = false;
    host.kill();
    return "hang";
  });
  const detail = {
    signal: "ready",
    factId: "5d7a3f0c9be14a86",
    title: "Ready",
    text: "It is ready.",
    occurredAt: "2024-02-05T08:40:26.000Z",
  };
  lab.bus.put({ Source: "bluegreen-guard", DetailType: "Deployment Ready", Detail: JSON.stringify(detail) });
  await webhook.idle();
  expect(webhook.receiver.calls.map(({ id, verified, status }) => [id, verified, status])).toEqual([
    ["5d7a3f0c9be14a86", true, undefined],
    ["5d7a3f0c9be14a86", true, 204],
  ]);
  expect(webhook.queue.deadLetters.all()).toEqual([]);
});
