import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createGuardHost } from "../../../local/guard-host.ts";

const NOWHERE = "http://127.0.0.1:9";

it("what is asked of a guard that is being killed is refused, and nothing else fails", async () => {
  const host = createGuardHost({
    endpoint: NOWHERE,
    folder: await mkdtemp(join(tmpdir(), "bluegreen-guard-host-")),
    region: "ap-northeast-1",
    table: "guard",
    queueUrls: { queue: `${NOWHERE}/queue`, deadLetters: `${NOWHERE}/dead-letters` },
    bus: "guard",
    slack: { token: "xoxb-lab", channel: "C0BLUEGREEN", apiUrl: `${NOWHERE}/slack/api/` },
    speed: 1,
    log: { info() {}, error() {} },
    clock: () => ({ now: 0, speed: 1 }),
  });
  onTestFinished(() => host.kill());
  const refused: Promise<unknown>[] = [];
  host.kill();
  while (host.alive) {
    refused.push(host.sweep().catch((error: Error) => error.message));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(new Set(await Promise.all(refused))).toEqual(new Set(["The guard was killed in the middle of a run."]));
  await expect(host.sweep()).rejects.toThrow("The guard is not running");
});
