import { afterEach, beforeEach, expect, it } from "vitest";
import { createBus } from "../../../src/clients/bus.ts";
import type { BusFact } from "../../../src/facts/bus-fact.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab();
});
afterEach(() => lab.close());

const DEGRADED: BusFact = {
  type: "Deployment Degraded",
  at: "2024-02-05T08:07:12.418Z",
  detail: {
    signal: "replication-degraded",
    title: "orders-upgrade: Replication is degraded: switchover is blocked",
    text: "Green no longer follows blue.",
    severity: "critical",
    deploymentId: "bgd-1",
    deploymentName: "orders-upgrade",
    occurredAt: "2024-02-05T08:07:12.418Z",
    factId: "0f9a2c417d354b8e",
    message: undefined,
  },
};

function busOf(lab: TestLab, name = "bluegreen-guard") {
  return createBus(name, { endpoint: lab.url, region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" } });
}

it("puts a fact on the bus under its type, at its own time", async () => {
  await busOf(lab).publish(DEGRADED);
  expect(lab.bus.events).toMatchObject([
    {
      source: "bluegreen-guard",
      "detail-type": "Deployment Degraded",
      time: "2024-02-05T08:07:12Z",
      detail: {
        deploymentId: "bgd-1",
        deploymentName: "orders-upgrade",
        occurredAt: "2024-02-05T08:07:12.418Z",
        factId: "0f9a2c417d354b8e",
      },
    },
  ]);
  expect(lab.bus.events[0]?.detail).not.toHaveProperty("message");
});

it("fails where EventBridge took nothing and answered with HTTP 200, and says which fact it was and why", async () => {
  lab.bus.failNext(1);
  await expect(busOf(lab).publish(DEGRADED)).rejects.toThrow(
    'The event bus "bluegreen-guard" did not take "Deployment Degraded" of bgd-1: ThrottlingException (Rate exceeded). It is tried again.',
  );
  expect(lab.bus.events).toEqual([]);
  await busOf(lab).publish(DEGRADED);
  expect(lab.bus.events).toHaveLength(1);
});

it("fails where there is no such bus", async () => {
  await expect(busOf(lab, "other").publish(DEGRADED)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
