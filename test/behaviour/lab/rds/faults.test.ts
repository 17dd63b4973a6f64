import { CreateBlueGreenDeploymentCommand, DescribeBlueGreenDeploymentsCommand, DescribeDBClustersCommand } from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { ARTICLE_CREATE, addArticleCluster, startLab } from "../../../support/lab/rds.ts";

const list = new DescribeBlueGreenDeploymentsCommand();

test("throttling befalls the next calls of one action and no others", async () => {
  const lab = await startLab();
  lab.rds.faults.throttle({ times: 2, action: "DescribeBlueGreenDeployments" });
  await lab.client.send(new DescribeDBClustersCommand());
  for (let call = 0; call < 2; call += 1) {
    await expect(lab.client.send(list)).rejects.toMatchObject({ name: "Throttling", $metadata: { httpStatusCode: 400 } });
  }
  expect((await lab.client.send(list)).BlueGreenDeployments).toEqual([]);
});

test("a server error and a proxy's HTML page reach the client as failures", async () => {
  const lab = await startLab();
  lab.rds.faults.serverError();
  await expect(lab.client.send(list)).rejects.toMatchObject({ name: "InternalFailure", $metadata: { httpStatusCode: 500 } });
  lab.rds.faults.htmlPage();
  await expect(lab.client.send(list)).rejects.toMatchObject({ $metadata: { httpStatusCode: 502 } });
});

test("a create whose answer is lost has created the deployment", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  lab.rds.faults.serverError({ action: "CreateBlueGreenDeployment", when: "after" });
  await lab.story(async () => {
    await expect(lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE))).rejects.toMatchObject({ name: "InternalFailure" });
    expect((await lab.client.send(list)).BlueGreenDeployments).toHaveLength(1);
  });
  expect(lab.rds.calls.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    "CreateBlueGreenDeployment accepted",
    "DescribeBlueGreenDeployments accepted",
  ]);
});

test("a call that hangs is answered by nobody until the caller gives up", async () => {
  const lab = await startLab();
  lab.rds.faults.hang();
  const giveUp = new AbortController();
  const call = lab.client.send(list, { abortSignal: giveUp.signal });
  let answered = false;
  call
    .finally(() => {
      answered = true;
    })
    .catch(() => {});
  while (lab.rds.calls.length === 0) await new Promise(setImmediate);
  await lab.client.send(new DescribeDBClustersCommand());
  expect(answered).toBe(false);
  giveUp.abort();
  await expect(call).rejects.toMatchObject({ name: "AbortError" });
  expect((await lab.client.send(list)).BlueGreenDeployments).toEqual([]);
});
