import { beforeAll, describe, expect, it } from "vitest";
import { withoutSign } from "../../support/lab/stage.ts";
import { articleEvents, envelopeOf, recorded } from "../../support/recorded.ts";
import { type Line, replayed, replayedAll, row, saved } from "./replay-run.ts";

const ORDERS = "test/wire/lab/fixtures/orders-deployment.json";
const ORDERS_EVENTS = "test/wire/lab/fixtures/orders-events.json";
const ORDERS_INSTANCES = "test/wire/lab/fixtures/orders-instances.json";

const heading = (text: string) =>
  withoutSign(text.split("\n")[0] ?? "")
    .replaceAll("*", "")
    .replace(/^[a-z-]+: ([^.]*)\..*$/, "$1");
const withoutDetails = <It extends { text: string }>(posted: It[]) =>
  posted.filter(({ text }) => !/^\*(Details\*|More about “)/.test(text));

describe("a replay of the recorded upgrade", () => {
  let lines: Line[];
  beforeAll(async () => {
    lines = await replayed(await saved("article.json", articleEvents.map(envelopeOf)));
  });

  it("prints a line for each of the 55 events, 17 of which a route takes", () => {
    expect(lines).toHaveLength(55);
    expect(lines.filter(({ routedBy }) => routedBy !== null)).toHaveLength(17);
    expect(lines.filter(({ routedBy }) => routedBy === null).map(({ signal, posted }) => [signal, posted])).toEqual(
      Array.from({ length: 38 }, () => [null, []]),
    );
  });

  it("says by which route each came and what it meant, in order", () => {
    const routed = lines.filter(({ routedBy }) => routedBy !== null);
    expect(routed.map(({ routedBy, signal }) => `${routedBy}: ${signal}`)).toEqual([
      "instance: replication-stopped",
      "instance: replication-resumed",
      "cluster: engine-upgrade-started",
      "instance: replication-stopped",
      "cluster: engine-upgrade-finished",
      "instance: replication-resumed",
      "deployment: tasks-completed",
      "instance: replication-degraded",
      "instance: replication-degraded",
      "deployment: tasks-completed",
      "cluster: member-switchover-started",
      "cluster: sequence-sync-started",
      "cluster: sequence-sync-completed",
      "deployment: switchover-started",
      "cluster: member-switchover-completed",
      "cluster: member-switchover-completed",
      "deployment: switchover-completed",
    ]);
  });

  it("tells the two reports of degraded replication in one entry of the thread", () => {
    const degraded = lines.filter(({ signal }) => signal === "replication-degraded").map(({ posted }) => posted);
    const inThread = degraded.map((posted) =>
      withoutDetails(posted.filter(({ thread }) => thread)).map(({ method, text }) => [method, heading(text)]),
    );
    expect(inThread).toEqual([[["chat.postMessage", "Replication is degraded"]], [["chat.update", "Replication is degraded"]]]);
    expect(degraded[0]?.find(({ thread }) => !thread)).toMatchObject({
      method: "chat.update",
      text: expect.stringMatching(/Degraded: cannot be switched over[\s\S]*create it again/),
    });
  });

  it("finds the deployment of every event, one card each, and leaves no text empty", () => {
    const posted = lines.flatMap((line) => line.posted);
    const cards = posted.filter(({ method, thread }) => method === "chat.postMessage" && !thread);
    const details = posted.filter(({ method, text }) => method === "chat.postMessage" && text.startsWith("*Details*"));
    expect(details.map(({ text }) => text.match(/bgd-\w+/)?.[0])).toEqual(["bgd-hy5ntvomddiv89r8", "bgd-cavqrityavom8edj"]);
    expect(cards).toHaveLength(2);
    expect(posted.filter(({ text }) => text.trim() === "")).toEqual([]);
    expect(details[0]?.text).toContain("aurora-postgresql 14.10");
    expect(details[0]?.text).toContain("aurora-postgresql 15.5");
  });
});

describe("saved events", () => {
  it("may be one envelope, an array, JSON lines, rows of DescribeEvents, or all of these mixed", async () => {
    const jsonLines = [recorded("switchover-completed-on-cluster"), row("snapshot")].map((it) => JSON.stringify(it));
    const deleted = { ...row("tasks-completed"), Message: "Blue/green deployment deleted." };
    const files = [
      await saved("one.json", recorded("tasks-completed")),
      await saved("array.json", [recorded("snapshot"), row("ddl-on-blue")]),
      await saved("lines.jsonl", jsonLines.join("\r\n\n")),
      await saved("rows.json", `\ufeff${JSON.stringify({ Events: [deleted] })}`),
      await saved(
        "utf16.json",
        Buffer.from(`\ufeff${JSON.stringify([recorded("ddl-on-blue", { SourceIdentifier: "other" })])}`, "utf16le"),
      ),
    ];
    const lines = await replayed(...files);
    expect(lines.map(({ event, routedBy, signal }) => [event.slice(0, 60), routedBy, signal])).toEqual([
      ["0f5a5a0e-6a61-4f0e-8a42-1f6c7d0e9a02", "deployment", "tasks-completed"],
      ["7d1ad1c5-7f0b-4f5e-9c0e-58c8d9f0a1b2", null, null],
      ["db-instance|db-instance-writer|1707120432418|Data definition", "instance", "replication-degraded"],
      ["c6de0f5b-7a57-4a08-9d27-3a8f4a0c7b90", "cluster", "member-switchover-completed"],
      ["db-cluster-snapshot|rds:db-cluster-2024-02-05-05-00|17071092", null, null],
      ["blue-green-deployment|bgd-hy5ntvomddiv89r8|1707115241207|Blu", "deployment", "deployment-deleted"],
      ["5d0c1c36-0b3e-4a57-9d0a-6a1f0b2f6f11", "instance", "replication-degraded"],
    ]);
    expect(lines.filter(({ routedBy, posted }) => routedBy !== null && posted.length === 0)).toEqual([]);
  });
});

describe("--deployments", () => {
  it("puts exactly the deployments of a file there, and claims nothing of their databases but the names", async () => {
    const lines = await replayed("--deployments", ORDERS, ORDERS_EVENTS, await saved("ready.json", recorded("tasks-completed")));
    expect(lines.map(({ signal, posted }) => [signal, posted.length])).toEqual([
      ["replication-stopped", 3],
      [null, 0],
      ["replication-stopped", 0],
      ["tasks-completed", 1],
    ]);
    const card = lines[0]?.posted.map(({ text }) => text).join("\n") ?? "";
    expect(heading(card)).toBe("orders-to-17 · Building green");
    expect(card).toContain("`orders-green-k3v8pd`");
    expect(card).toContain("1 of 3 tasks done, now `DB_ENGINE_VERSION_UPGRADE`");
    expect(card).toContain("Waiting for the upgrade of green.");
    expect(card).toContain("created 2026-03-01 09:00 UTC");
    expect(card).toContain("engine (unknown here) · status unknown");
    expect(card).not.toMatch(/does not exist|undefined|aurora/);
  });
});

describe("how a deployment stands", () => {
  it("is said after the events, with what a switchover needs", async () => {
    const files = ["--deployments", ORDERS, "--databases", ORDERS_INSTANCES];
    const { standings } = await replayedAll(...files, ORDERS_EVENTS);
    expect(standings).toMatchObject([
      {
        phase: "provisioning",
        severity: "info",
        members: [{ name: "orders", kind: "instance", outcome: "pending" }],
        production: "blue",
        offers: [],
      },
    ]);
    const [{ card, checklist } = { card: "", checklist: [] }] = standings;
    expect(heading(card)).toBe("orders-to-17 · Building green");
    expect(checklist.find(({ id }) => id === "tasks-completed")).toMatchObject({ result: "fail", remedy: "Wait until green is built." });
    expect(checklist.find(({ id }) => id === "claim")).toEqual({
      id: "claim",
      result: "pass",
      reason: "No other operation is under way on this database.",
      remedy: "",
    });
  });

  it("is said of every deployment of the files, also if there are no events", async () => {
    const { lines, standings } = await replayedAll("--deployments", ORDERS, await saved("none.json", []));
    expect(lines).toEqual([]);
    expect(standings.map(({ phase, production }) => [phase, production])).toEqual([["provisioning", "blue"]]);
  });
});

describe("--databases", () => {
  it("puts exactly the databases of the files there", async () => {
    const lines = await replayed("--deployments", ORDERS, "--databases", ORDERS_INSTANCES, ORDERS_EVENTS);
    const card = lines[0]?.posted.map(({ text }) => text).join("\n") ?? "";
    expect(card).toContain("`orders`\npostgres 16.3 · available\nparameter groups: `orders-16`");
    expect(card).toContain("`orders-green-k3v8pd`\npostgres 17.2 · storage-optimization");
    expect(card).not.toContain("unknown here");
  });
});
