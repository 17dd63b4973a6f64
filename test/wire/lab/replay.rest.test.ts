import { beforeAll, describe, expect, it } from "vitest";
import { articleEvents, envelopeOf, recorded } from "../../support/recorded.ts";
import { guard, type Line, replayed, row, saved } from "./replay-run.ts";

const STORY = "lab/stories/aurora-major-upgrade-2024-02-05.json";

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
      ["replication-degraded", 3],
      ["replication-degraded", 0],
      ["replication-degraded", 0],
      ["replication-degraded", 0],
    ]);
    // Without a file of deployments, the one that the event is about shows as built: no event told that.
    expect(lines[0]?.posted.map(({ text }) => text.split("\n")[0])).toEqual([
      expect.stringMatching(/ · Degraded: cannot be switched over$/),
      "*Replication is degraded: switchover is blocked*",
      "*Green is built, but degraded*",
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
    expect(out.trimEnd().split(/[\p{Cc}\u2028\u2029]/u)).toHaveLength(1);
    const { posted, signal } = JSON.parse(out) as Line;
    expect(signal).toBe("replication-degraded");
    expect(posted[0]?.text).toContain("<!channel> Replication has been degraded.");
    const screen = await guard("replay", file);
    expect(screen.out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
  });

  it("that the guard cannot take are named, and the others are told", async () => {
    const tooLong = recorded("tasks-completed", { SourceIdentifier: `bgd-${"x".repeat(3_000)}` });
    const tooLarge = recorded("tasks-completed", { Message: "x".repeat(2 ** 20) });
    const file = await saved("unhandled.json", [tooLong, tooLarge, { ...recorded("ddl-on-blue"), id: "last" }]);
    const { code, out, err } = await guard("replay", "--json", file);
    expect(code).toBe(1);
    expect(err.trim().split("\n")).toEqual([
      expect.stringMatching(/^! 0f5a5a0e\S+: .*hashkey/),
      expect.stringMatching(/^! 0f5a5a0e\S+: .*1048576 bytes/),
    ]);
    const lines = out.trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as Line).posted.length)).toEqual([0, 0, 3]);
  });
});

describe("--deployments", () => {
  it("takes an array, and a deployment of which green is not there yet", async () => {
    const Source = "arn:aws:rds:eu-west-1:123456789012:cluster:shop";
    const file = await saved("fresh.json", [{ BlueGreenDeploymentIdentifier: "bgd-new", Source, Status: "PROVISIONING" }]);
    const event = recorded("ddl-on-blue", { SourceIdentifier: "shop", SourceType: "CLUSTER", Message: "Replication has been degraded." });
    const lines = await replayed("--deployments", file, await saved("shop.json", { ...event, "detail-type": "RDS DB Cluster Event" }));
    expect(lines[0]?.posted[0]?.text).toMatch(/^bgd-new · Degraded[\s\S]*Green\*\nnot there yet/);
  });
});
