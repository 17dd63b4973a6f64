import { expect, it } from "vitest";
import { record } from "../recording.ts";
import { severalReady } from "./several.ts";

it("of a busy channel, an event on the bus is marked as published, also where another run writes meanwhile", async () => {
  const { scene, ddl } = await severalReady(await record("degraded"), 2);
  const again = ddl.map((it) => {
    const later = new Date(Date.parse(it.detail.Date) + 1_000).toISOString();
    return { ...it, id: `${it.id}-again`, detail: { ...it.detail, Date: later } };
  });
  await scene.busy(60);
  await scene.play([
    [0, () => scene.watch(ddl, { call: /^bus\.publish/, when: "after", does: { waits: 3 } })],
    [1, () => scene.watch(again)],
  ]);
  const degraded = scene.outside.published.filter(({ type }) => type === "Deployment Degraded");
  expect(degraded.map(({ detail }) => detail.deploymentId)).toHaveLength(ddl.length);
});
