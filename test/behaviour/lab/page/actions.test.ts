import { DescribeBlueGreenDeploymentsCommand } from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { ARTICLE_CREATE, addArticleCluster } from "../../../support/lab/rds.ts";
import { openPage, type TestPage } from "./page.ts";

const CREATE = { name: "visitor-1", source: ARTICLE_CREATE.Source, version: "15.5" };

async function deployments({ client }: TestPage) {
  return (await client.send(new DescribeBlueGreenDeploymentsCommand({}))).BlueGreenDeployments ?? [];
}

/** A lab with a deployment that is ready, and its id. */
async function withDeployment() {
  const lab = await openPage();
  addArticleCluster(lab.rds);
  await lab.story(async () => {
    await lab.act("create", CREATE);
    await lab.minutes(24 * 60);
  });
  const id = (await deployments(lab))[0]?.BlueGreenDeploymentIdentifier ?? "";
  return { ...lab, id };
}

const texts = (lab: TestPage) => lab.rds.history.map(({ message }) => message);

describe("what the team does", () => {
  it("creates a deployment with the chosen versions over the RDS API", async () => {
    const lab = await withDeployment();
    const [created] = await deployments(lab);
    expect(created).toMatchObject({ BlueGreenDeploymentName: "visitor-1", Source: CREATE.source, Status: "AVAILABLE" });
    expect(lab.rds.calls[0]).toMatchObject({
      action: "CreateBlueGreenDeployment",
      outcome: "accepted",
      parameters: { TargetEngineVersion: "15.5" },
    });
  });

  it("reads AWS's own refusal", async () => {
    const lab = await withDeployment();
    expect(await lab.act("create", CREATE)).toEqual({
      status: 400,
      text: "AWS answered BlueGreenDeploymentAlreadyExistsFault: A Blue Green Deployment with the name 'visitor-1' already exists",
    });
    expect(await lab.act("delete", { deployment: "bgd-nothing" })).toMatchObject({
      status: 400,
      text: expect.stringMatching(/^AWS answered BlueGreenDeploymentNotFoundFault: .*bgd-nothing/),
    });
  });

  it("ruins a deployment with a statement on blue", async () => {
    const lab = await withDeployment();
    const answer = await lab.act("ddl", { database: "db-cluster", statement: "ALTER TABLE orders ADD COLUMN note text" });
    expect(answer).toEqual({
      status: 200,
      text: `Somebody runs "ALTER TABLE orders ADD COLUMN note text" on db-cluster. It ruins ${lab.id}.`,
    });
    expect(texts(lab).join("\n")).toContain("REPLICATION_DEGRADED");
    expect((await lab.act("ddl", { database: "db-cluster", statement: "GRANT ALL ON orders TO app" })).text).toContain(
      "harms no deployment",
    );
  });

  it("switches over and deletes", async () => {
    const lab = await withDeployment();
    await lab.story(async () => {
      expect((await lab.act("switchover", { deployment: lab.id, timeoutSeconds: 300 })).status).toBe(200);
      await lab.minutes(60);
    });
    expect((await deployments(lab))[0]?.Status).toBe("SWITCHOVER_COMPLETED");
    await lab.story(async () => {
      expect(await lab.act("delete", { deployment: lab.id, withGreen: false })).toMatchObject({ status: 200 });
      await lab.minutes(60);
    });
    expect(await deployments(lab)).toEqual([]);
  });
});

describe("what goes wrong", () => {
  it("fails the next creation", async () => {
    const lab = await openPage();
    addArticleCluster(lab.rds);
    await lab.act("fail-creation", { reason: "No room for green." });
    await lab.story(async () => {
      await lab.act("create", CREATE);
      await lab.minutes(24 * 60);
    });
    expect((await deployments(lab))[0]?.Status).toBe("INVALID_CONFIGURATION");
    expect(texts(lab).join("\n")).toContain("No room for green.");
  });

  it("befalls the next events", async () => {
    const lab = await openPage();
    await lab.act("fate", { kind: "drop", count: 2 });
    await lab.act("fate", { kind: "double", count: 1 });
    expect(lab.noted).toEqual(["drop 2", "double 1"]);
  });

  it("is an event in the visitor's own words", async () => {
    const lab = await openPage();
    await lab.act("event", { sourceType: "CLUSTER", source: "db-cluster", message: "<@everyone> Replication has been degraded." });
    expect(lab.rds.history).toMatchObject([{ sourceIdentifier: "db-cluster", message: "<@everyone> Replication has been degraded." }]);
  });

  it("makes Slack answer 429, and then work again", async () => {
    const lab = await openPage();
    await lab.act("slack-429", { count: 1, retryAfterSeconds: 30 });
    const refused = await post(lab);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "30"]);
    expect((await post(lab)).status).toBe(200);
  });

  it("takes Slack down until its time is over or a visitor ends it", async () => {
    const lab = await openPage();
    await lab.act("slack-down", { minutes: 5 });
    expect((await post(lab)).status).toBe(503);
    await lab.story(() => lab.minutes(6));
    expect((await post(lab)).status).toBe(200);
    await lab.act("slack-down", { minutes: 5 });
    await lab.act("slack-up");
    expect((await post(lab)).status).toBe(200);
  });

  it("kills the guard and starts it again, each only once", async () => {
    const lab = await openPage();
    expect(await lab.act("start-guard")).toEqual({ status: 400, text: "The guard is running already." });
    await lab.act("kill-guard");
    expect(await lab.act("kill-guard")).toEqual({ status: 400, text: "The guard is not running: start it first." });
    await lab.act("start-guard");
    expect(lab.noted).toEqual(["guard killed", "guard started"]);
  });
});

function post({ slack }: TestPage): Promise<Response> {
  const body = new URLSearchParams({ token: "any", channel: "C0BLUEGREEN", text: "hello" });
  return slack.fetch(new Request("http://127.0.0.1/slack/api/chat.postMessage", { method: "POST", body }));
}
