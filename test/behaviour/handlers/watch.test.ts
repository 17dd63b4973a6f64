import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changes, openTestLab, readings, type TestLab, told, wholeText, withoutDetails } from "../../support/lab/stage.ts";
import { type Envelope, recorded } from "../../support/recorded.ts";

const MINUTE = 60_000;

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab();
});
afterEach(() => lab.close());

function addCluster(identifier: string, instances = 1): void {
  const names = Array.from({ length: instances }, (_, index) => `${identifier}-${index + 1}`);
  lab.rds.addCluster({
    identifier,
    engine: "aurora-postgresql",
    engineVersion: "14.10",
    parameterGroup: "blue-14",
    instances: names.map((name) => ({ identifier: name, class: "db.t4g.medium", parameterGroup: "blue-instance-14" })),
  });
}

async function create(name: string, cluster: string): Promise<string> {
  const Source = `arn:aws:rds:ap-northeast-1:123456789012:cluster:${cluster}`;
  const command = new CreateBlueGreenDeploymentCommand({ BlueGreenDeploymentName: name, Source, TargetEngineVersion: "15.5" });
  return (await lab.aws.send(command)).BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
}

/** Creates a deployment on a cluster and waits until it is ready and told. */
async function created(name: string, cluster: string): Promise<string> {
  const id = await lab.clock.work(() => create(name, cluster));
  await pass(45);
  return id;
}

async function pass(minutes: number): Promise<void> {
  await lab.clock.work(() => lab.clock.until(lab.clock.now() + minutes * MINUTE));
  await lab.settled();
}

const texts = () => readings(lab).join("\n");
const now = () => new Date(lab.clock.now()).toISOString();

describe("an event of no deployment", () => {
  it("is told as it stands where it says that replication is degraded, with what could not be found", async () => {
    await lab.receive(recorded("ddl-on-blue"));
    expect(told(lab)).toEqual(["Replication is degraded"]);
    expect(texts()).toContain("No deployment found");
    expect(texts()).toContain("`db-instance-writer`");
    expect(texts()).toContain("for the hour `2024-02-05-08`");
    expect(texts()).toContain("Data definition language (DDL) changes aren't supported");
  });

  it("is told as it stands where it is a deployment's that RDS does not know", async () => {
    await lab.receive(recorded("tasks-completed"));
    expect(told(lab)).toEqual(["Green is built"]);
    expect(texts()).toContain("No deployment found");
    expect(texts()).toContain("bgd-hy5ntvomddiv89r8");
  });

  it("is not told otherwise, and says why", async () => {
    await lab.receive(recorded("ddl-on-blue", { Message: "Replication has stopped." }));
    const taken = { signal: "replication-stopped", leftOut: "its database is in no blue/green deployment" };
    expect(lab.logged).toEqual([{ message: "RDS event", details: expect.objectContaining({ taken }) }]);
    expect(lab.slack.messages).toEqual([]);
  });
});

describe("an event of a deployment", () => {
  it("of an id that nobody has documented is told in RDS's own words", async () => {
    addCluster("orders");
    const id = await created("orders-15", "orders");
    await lab.receive(
      recorded("tasks-completed", { SourceIdentifier: id, EventID: "RDS-EVENT-9999", Message: "A sentence of next year's.", Date: now() }),
    );
    expect(told(lab).at(-1)).toBe("  An event that the guard does not know");
    expect(wholeText(lab, withoutDetails(lab).at(-1))).toContain("> A sentence of next year's.");
  });

  it("is told once however often it arrives", async () => {
    addCluster("orders");
    const id = await created("orders-15", "orders");
    const before = told(lab);
    const event = recorded("tasks-completed", { SourceIdentifier: id, Message: "A sentence of next year's.", EventID: null, Date: now() });
    for (const again of [event, event, event]) await lab.receive(again);
    expect(told(lab)).toEqual([...before, "  An event that the guard does not know"]);
  });

  it("joins its deployment by green's name while the API lists no target yet", async () => {
    const changed = changes(lab);
    addCluster("orders");
    lab.rds.faults.stickCreation();
    await lab.clock.work(() => create("orders-15", "orders"));
    const green = { SourceIdentifier: "orders-1-green-a1b2c3", Message: "Replication has stopped." };
    await lab.receive(recorded("ddl-on-blue", { ...green, Date: now() }));
    expect(changed).toEqual(["posted orders-15 · Building green", "  posted Replication stopped"]);
  });

  it("of a cluster with three instances degrades one deployment, in one entry", async () => {
    addCluster("orders", 3);
    await created("orders-15", "orders");
    lab.rds.runDdl("orders", "CREATE TABLE t ()");
    await pass(1);
    expect(told(lab).filter((line) => line.includes("degraded"))).toEqual(["  Replication is degraded"]);
    expect(texts()).toContain("Degraded: cannot be switched over");
  });

  it("finds its deployment among more than one page of them", async () => {
    await lab.clock.work(async () => {
      for (let index = 0; index < 101; index += 1) {
        addCluster(`c${index}`);
        lab.rds.faults.stickCreation();
        await create(`d${index}`, `c${index}`);
      }
      for (const cluster of ["c0", "c100"]) {
        await lab.give(recorded("ddl-on-blue", { SourceIdentifier: `${cluster}-1`, Date: now() }));
      }
    });
    await lab.settled();
    const cards = told(lab).filter((line) => line.endsWith("Degraded: cannot be switched over"));
    expect(cards.sort()).toEqual(["d0 · Degraded: cannot be switched over", "d100 · Degraded: cannot be switched over"]);
  });
});

describe("the guard", () => {
  it("tries again where RDS throttles or answers with an error page", async () => {
    lab.rds.faults.throttle({ times: 2 });
    lab.rds.faults.serverError({ times: 1 });
    await lab.receive(recorded("tasks-completed"));
    expect(told(lab)).toEqual(["Green is built"]);
  });

  it("puts an event that cannot be read where a person finds it, with the field that is wrong", async () => {
    const broken: Envelope = recorded("tasks-completed", { Message: undefined });
    await lab.receive(broken);
    const folder = join(lab.folder, "queue", "dead-letters");
    const [file = "", ...others] = await readdir(folder);
    const kept = JSON.parse(await readFile(join(folder, file), "utf8")) as { body: unknown };
    expect(others).toEqual([]);
    expect(kept.body).toEqual(broken);
    expect(JSON.stringify(kept)).toContain("Not an RDS event from EventBridge: detail.Message");
    expect(lab.queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const withTags = (tags: string) => JSON.stringify(recorded("tasks-completed", { Tags: "#" })).replace('"#"', tags);
  const event = (detail: Record<string, unknown>) => JSON.stringify(recorded("ddl-on-blue", detail));
  const LONG = "a".repeat(3_000);

  it.each([
    ["a message nested 100,000 deep", nested(100_000), /\(event\): .*; received what is nested too deep to be shown/],
    [
      "an event with tags nested 100,000 deep",
      withTags(`{"a":${nested(100_000)}}`),
      /detail\.Tags\.a: .*; received what is nested too deep/,
    ],
    ["an event with a tag's key of 3,000 characters and no value", withTags(`{"${LONG}":1}`), /detail\.Tags\.a{180,}…: /],
    ["a source's name of 3,000 characters", event({ SourceIdentifier: LONG }), /detail\.SourceIdentifier: Too big/],
    [
      "a deployment's id of 3,000 characters",
      JSON.stringify(recorded("tasks-completed", { SourceIdentifier: LONG })),
      /detail\.SourceIdentifier: Too big/,
    ],
    [
      "a source's ARN of 3,000 characters",
      event({ SourceIdentifier: "x:y", SourceArn: `a:b:c:d:e:f:${LONG}` }),
      /detail\.SourceArn: Too big/,
    ],
    ["a source's kind of 3,000 characters", event({ SourceType: LONG }), /detail\.SourceType: Too big/],
  ])("puts %s there at once, with a reason", async (_, body, reason) => {
    lab.queue.send(body);
    await lab.settled();
    expect(lab.queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(lab.queue.deadLetters.all()).toHaveLength(1);
    const said = lab.logged.filter(({ message }) => message.startsWith("Not an RDS event from EventBridge"));
    expect(said).toHaveLength(1);
    expect(said[0]?.message).toMatch(reason);
    expect(said[0]?.message.length).toBeLessThan(1_000);
  });

  it("takes what comes in one batch with what cannot be read, also while that cannot be put there", async () => {
    const send = lab.queue.deadLetters.send;
    lab.queue.deadLetters.send = () => {
      throw new Error("The queue of dead letters is away.");
    };
    lab.queue.send("{");
    lab.queue.send(JSON.stringify(recorded("tasks-completed")));
    await lab.clock.work(() => lab.clock.until(lab.clock.now() + 1_000));
    expect(told(lab)).toEqual(["Green is built"]);
    lab.queue.deadLetters.send = send;
    await lab.settled();
    expect(lab.queue.deadLetters.all()).toMatchObject([{ body: "{" }]);
  });

  it("takes names of any letters as long as RDS and more, whatever else an event holds", async () => {
    const SourceIdentifier = "\u{1F7E6}".repeat(127);
    lab.queue.send(event({ SourceIdentifier, Message: "REPLICATION_DEGRADED", more: JSON.parse(nested(2_000)) as unknown }));
    await lab.settled();
    expect(lab.queue.deadLetters.all()).toEqual([]);
    expect(told(lab)).toHaveLength(1);
  });

  it("lets text from outside neither mention nor link", async () => {
    const Message = "REPLICATION_DEGRADED <!channel> <https://evil.example|click> & `code`";
    await lab.receive(recorded("ddl-on-blue", { SourceIdentifier: "<!here>`*x*", Message }));
    const sent = JSON.stringify(lab.slack.messages);
    expect(sent).not.toMatch(/<(?!!date\^\d)[!@#h]/);
    expect(sent).toContain("&lt;!channel&gt;");
    expect(sent).toContain("&lt;!here&gt;");
  });
});
