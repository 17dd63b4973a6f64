import { expect, it } from "vitest";
import { amendRecord } from "../../../../src/operations/amend-record.ts";
import { newRequest } from "../../../../src/operations/request.ts";
import { cancelRequest } from "../../../../src/operations/requests.ts";
import { record } from "../recording.ts";
import { beforeDegradation } from "./scene.ts";

it("a card says that somebody has stopped the operation, also where that came while a run was about to tell of an event", async () => {
  const { scene, ddl } = await beforeDegradation(await record("degraded"));
  const records = scene.outside.records();
  const since = new Date(scene.outside.now).toISOString();
  const asked = {
    operation: "recreate",
    deploymentId: scene.record.key.replace("deployment#", ""),
    deploymentName: "orders",
    blue: "cluster-ORDERS",
    requestedBy: { name: "Kim" },
    via: "terminal",
    stateHash: "",
    approved: true,
  } as const;
  await records.write({ ...newRequest("r1", asked, scene.outside.now), usedBy: "arn:aws:lambda:execution" });
  await amendRecord(records, scene.record.key, (it) => ({ ...it, operation: { name: "recreate", requestId: "r1", since } }));
  await scene.play([
    [0, () => scene.watch([ddl], { call: /^records\.write deployment#/, when: "before", does: { waits: 2 } })],
    [1, async () => void (await cancelRequest(records, "r1", { name: "Kim" }, scene.outside.now))],
  ]);
  expect(scene.card?.message.text).toContain("Being stopped");
});
