import { beforeAll, describe, expect, it } from "vitest";
import { articleEvents, envelopeOf, recorded } from "../../support/recorded.ts";
import { guard, type Line, linesOf, replayed, replayedAll, row, saved } from "./replay-run.ts";

const STORY = "local/recorded/aurora-major-upgrade-2024-02-05.json";

describe("a replay of the recorded upgrade", () => {
  let lines: Line[];
  beforeAll(async () => {
    lines = await replayed(await saved("article.json", articleEvents.map(envelopeOf)));
  });

  it("tells the same of the story's own file", async () => {
    expect(await replayed(STORY)).toEqual(lines);
  });
});

describe("saved events", () => {
  it("post nothing the second time, whichever form they come in", async () => {
    const both = await saved("both.json", [recorded("ddl-on-blue"), row("ddl-on-blue")]);
    const lines = await replayed(both, both);
    expect(lines.map(({ signal, posted }) => [signal, posted.length])).toEqual([
      ["replication-degraded", 5],
      ["replication-degraded", 0],
      ["replication-degraded", 0],
      ["replication-degraded", 0],
    ]);
    // Without a file of deployments, the one that the event is about shows as built: no event told that.
    expect(lines[0]?.posted.map(({ text }) => text.split("\n")[0])).toEqual([
      expect.stringMatching(/ · Degraded: cannot be switched over$/),
      expect.stringMatching(/^🟠 \*\S+: Replication is degraded\./u),
      "*Green is built, but degraded*",
      "*Details*",
      "*More about “Replication is degraded”*",
    ]);
  });

  it("of other services, and without an id, are not routed", async () => {
    const ec2 = { source: "aws.ec2", "detail-type": "EC2 Instance State-change Notification", detail: {}, time: "2024-02-05T05:00:00Z" };
    const lines = await replayed(await saved("other.jsonl", `${JSON.stringify(ec2)}\n{"source":"mine"}`));
    expect(lines).toEqual([
      { event: "aws.ec2|EC2 Instance State-change Notification|2024-02-05T05:00:00Z", routedBy: null, signal: null, posted: [] },
      { event: "mine", routedBy: null, signal: null, posted: [] },
    ]);
  });

  it("that would mention, link, steer a terminal or break a line do none of it", async () => {
    const Message = "<!channel> Replication has been degraded. <http://x.example|y>\u001b[2J\u2028\u0085\u202e*b*\nz";
    const file = await saved("hostile.json", [recorded("ddl-on-blue", { Message, SourceIdentifier: "db\u001b[2J\n`x`" })]);
    const { code, out, err } = await guard("replay", "--json", file);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const { lines, standings } = linesOf(out);
    expect(out.trimEnd().split(/[\p{Cc}\u2028\u2029]/u)).toHaveLength(lines.length + standings.length);
    expect(lines.map(({ signal }) => signal)).toEqual(["replication-degraded"]);
    expect(lines[0]?.posted[0]?.text).toContain("<!channel> Replication has been degraded.");
    const screen = await guard("replay", file);
    expect(screen.out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
  });

  it("that the guard cannot take are named, and the others are told", async () => {
    const tooLarge = recorded("tasks-completed", { Message: "x".repeat(2 ** 20) });
    const file = await saved("unhandled.json", [tooLarge, { ...recorded("ddl-on-blue"), id: "last" }]);
    const { code, out, err } = await guard("replay", "--json", file);
    expect(code).toBe(1);
    expect(err.trim().split("\n")).toEqual([expect.stringMatching(/^! 0f5a5a0e\S+: .*1048576 bytes/)]);
    expect(linesOf(out).lines.map(({ posted }) => posted.length)).toEqual([0, 5]);
  });
});

describe("--deployments", () => {
  it("takes an array, and a deployment of which green is not there yet", async () => {
    const Source = "arn:aws:rds:eu-west-1:123456789012:cluster:shop";
    const file = await saved("fresh.json", [{ BlueGreenDeploymentIdentifier: "bgd-new", Source, Status: "PROVISIONING" }]);
    const event = recorded("ddl-on-blue", { SourceIdentifier: "shop", SourceType: "CLUSTER", Message: "Replication has been degraded." });
    const lines = await replayed("--deployments", file, await saved("shop.json", { ...event, "detail-type": "RDS DB Cluster Event" }));
    const texts = lines[0]?.posted.map(({ text }) => text).join("\n");
    expect(texts).toMatch(/^🟠 bgd-new · Degraded[\s\S]*Green\*\nnot there yet/u);
  });
});

describe("--databases", () => {
  const arn = (kind: string, name: string) => `arn:aws:rds:eu-west-1:123456789012:${kind}:${name}`;
  const cluster = (name: string) => ({
    DBClusterIdentifier: name,
    DBClusterArn: arn("cluster", name),
    Engine: "aurora-mysql",
    EngineVersion: "8.0.mysql_aurora.3.08.0",
    Status: "available",
    DBClusterMembers: [{ DBInstanceIdentifier: `${name}-1`, IsClusterWriter: true }],
  });
  const member = (name: string, of: string) => ({
    DBInstanceIdentifier: name,
    DBInstanceArn: arn("db", name),
    DBClusterIdentifier: of,
    Engine: "aurora-mysql",
    EngineVersion: "8.0.mysql_aurora.3.08.0",
    DBInstanceStatus: "available",
  });
  const deployment = {
    BlueGreenDeploymentIdentifier: "bgd-shop",
    BlueGreenDeploymentName: "shop-next",
    Source: arn("cluster", "shop"),
    Target: arn("cluster", "shop-green-a1b2c3"),
    SwitchoverDetails: [{ SourceMember: arn("cluster", "shop"), TargetMember: arn("cluster", "shop-green-a1b2c3"), Status: "AVAILABLE" }],
    Status: "AVAILABLE",
    CreateTime: "2026-03-01T09:00:00Z",
  };
  const shown = async (...args: string[]) => {
    const files = ["--deployments", await saved("shop.json", [deployment]), ...args];
    const { code, out, err } = await guard("replay", ...files, await saved("no-events.json", { Events: [] }));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    return out;
  };

  it("may be several files: answers of one kind or more, arrays of their elements, and the last one wins", async () => {
    const old = { ...cluster("shop"), EngineVersion: "5.7.mysql_aurora.2.11.0" };
    const all = [
      await saved("clusters.json", { DBClusters: [old, cluster("shop-green-a1b2c3")] }),
      await saved("mixed.json", [cluster("shop"), member("shop-1", "shop"), { DBClusterEndpoints: [] }]),
      await saved("one.json", member("shop-green-a1b2c3-1", "shop-green-a1b2c3")),
    ];
    const out = await shown(...all.flatMap((file) => ["--databases", file]));
    expect(out).not.toContain("5.7");
    expect(out.split("aurora-mysql 8.0.mysql_aurora.3.08.0 · available")).toHaveLength(3);
    expect(out).not.toContain("unknown here");
  });

  it("that list all clusters but green say that green does not exist", async () => {
    const out = await shown("--databases", await saved("blue-alone.json", { DBClusters: [cluster("shop")] }));
    expect(out).toMatch(/`shop-green-a1b2c3`\n│ │ does not exist/);
  });

  it("may be left out: a cluster's ARN says that it is Aurora's", async () => {
    expect(await shown()).toMatch(/`shop`\n│ │ aurora \(unknown here\) · status unknown/);
  });
});

describe("a file without events", () => {
  it.each([[[]], [{ Events: [] }]])("has the deployments alone looked at: %j", async (nothing) => {
    const file = await saved("nothing.json", nothing);
    const { code, out, err } = await guard("replay", "--deployments", "test/wire/lab/fixtures/orders-deployment.json", file);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("  orders-to-17 · Building green");
    expect(out).toContain("0 events, 0 of them routed to the guard; Slack messages: 2 posted, 0 updated.");
    const { lines, standings } = await replayedAll(file);
    expect(lines).toEqual([]);
    // Without files, the deployments of the recorded upgrade are there.
    expect(standings.map(({ phase, production }) => [phase, production])).toEqual([
      ["ready", "blue"],
      ["ready", "blue"],
    ]);
  });
});
