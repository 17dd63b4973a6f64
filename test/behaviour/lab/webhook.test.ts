import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addCluster, create, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab({ webhook: true, webhookTimeoutMs: 200 });
});
afterEach(() => lab.close());

const play = <T>(task: () => Promise<T>): Promise<T> => lab.clock.work(task);
const webhook = () => {
  if (!lab.webhook) throw new Error("This lab has no webhook.");
  return lab.webhook;
};

async function built(): Promise<void> {
  await play(async () => {
    addCluster(lab, "orders");
    await create(lab, "orders");
    await pass(lab, 45 * MINUTE);
  });
  await lab.settled();
}

describe("the webhook", () => {
  it("gets every fact that Slack is told, signed, and once", async () => {
    await built();
    await webhook().idle();
    const { calls } = webhook().receiver;
    console.log(calls.map(({ body }) => body).join("\n"));
    console.log(
      lab.logged
        .filter((it) => it.message !== "RDS event")
        .map((it) => JSON.stringify(it))
        .join("\n"),
    );
    expect(calls.every(({ verified }) => verified)).toBe(true);
    expect(calls.length).toBeGreaterThan(2);
  });
});
