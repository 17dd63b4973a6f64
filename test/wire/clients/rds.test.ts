import { afterEach, beforeEach, expect, it } from "vitest";
import { createRds } from "../../../src/clients/rds/rds.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab();
});
afterEach(() => lab.close());

const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };

it("ends a call that RDS does not answer", async () => {
  const rds = createRds({ endpoint: lab.url, region: "ap-northeast-1", credentials, timeoutMs: 20 });
  lab.rds.faults.hang({ times: 5 });
  await expect(rds.deployments()).rejects.toMatchObject({ name: "TimeoutError" });
  expect(await rds.deployments()).toEqual([]);
});

it("answers nothing for a deployment that RDS does not know, and throws every other refusal", async () => {
  const rds = createRds({ endpoint: lab.url, region: "ap-northeast-1", credentials });
  expect(await rds.deployment("bgd-hy5ntvomddiv89r8")).toBeUndefined();
  lab.rds.faults.throttle({ times: 5 });
  await expect(rds.deployment("bgd-hy5ntvomddiv89r8")).rejects.toMatchObject({ name: expect.stringContaining("Throttling") });
});
