import { createServer } from "node:http";
import { DescribeDBClustersCommand } from "@aws-sdk/client-rds";
import { getRequestListener } from "@hono/node-server";
import { describe, expect, it } from "vitest";
import type { JournalEntry } from "../../../../lab/journal.ts";
import { addArticleCluster, listening } from "../../../support/lab/rds.ts";
import { Viewer } from "./feed.ts";
import { openPage, type TestPage } from "./page.ts";

async function viewer({ get }: TestPage): Promise<Viewer> {
  const response = await get("/feed");
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  return new Viewer(response);
}

const entry = (number: number, more: Partial<JournalEntry> = {}): JournalEntry => ({
  number,
  at: 0,
  envelope: { detail: { Message: "<script>alert(1)</script>\n\ndata: {}" } } as JournalEntry["envelope"],
  ...more,
});

describe("the feed", () => {
  it("uses up no fault that is meant for the guard while it looks at the databases", async () => {
    const lab = await openPage();
    lab.rds.faults.throttle({ times: 1 });
    const { databases } = await (await viewer(lab)).next("state");
    expect(databases.trouble).toBeUndefined();
    await expect(lab.client.send(new DescribeDBClustersCommand({}))).rejects.toThrow("Rate exceeded");
  });

  it("tells a late visitor the whole story", async () => {
    const lab = await openPage();
    addArticleCluster(lab.rds);
    const card = lab.slack.say("C0BLUEGREEN", "a card");
    lab.slack.say("C0BLUEGREEN", "an entry", card.ts);
    const slip = lab.slack.say("C0BLUEGREEN", "a slip");
    lab.slack.deleteMessage("C0BLUEGREEN", slip.ts);
    lab.journal(entry(1, { route: "cluster", signal: "switchover-started", entryTs: card.ts }));
    lab.page.say("Somebody sighs.");
    const state = await (await viewer(lab)).next("state");
    expect(state.messages.map(({ text, threadTs, deletedAt }) => [text, threadTs, deletedAt !== undefined])).toEqual([
      ["a card", undefined, false],
      ["an entry", card.ts, false],
      ["a slip", undefined, true],
    ]);
    expect(state.entries).toEqual([entry(1, { route: "cluster", signal: "switchover-started", entryTs: card.ts })]);
    expect(state.lines.map(({ text }) => text)).toEqual(["Somebody sighs."]);
    expect(state.databases.clusters.map(({ name, version, status }) => [name, version, status])).toEqual([
      ["db-cluster", "14.10", "available"],
    ]);
    expect(state.databases.instances.map(({ name }) => name)).toEqual(["db-instance-writer"]);
    expect(state.clock).toEqual({ now: lab.clock.now(), speed: 600, resumeSpeed: 600 });
    expect(state).toMatchObject({ guard: { alive: true }, channels: ["blue-green"], stories: { list: [{ name: "upgrade" }] } });
  });

  it("tells several viewers the same changes in the same order", async () => {
    const lab = await openPage();
    const viewers = [await viewer(lab), await viewer(lab), await viewer(lab)];
    const message = lab.slack.say("C0BLUEGREEN", "hello");
    lab.journal(entry(1));
    lab.journal(Object.assign(lab.entries[0] ?? entry(1), { leftOut: "no rule reads it" }));
    lab.slack.deleteMessage("C0BLUEGREEN", message.ts);
    await lab.act("kill-guard");
    const told = viewers.map(async (it) => {
      await it.next("line");
      return it.items.filter(({ event }) => event !== "clock" && event !== "state" && event !== "databases");
    });
    const [first, ...others] = await Promise.all(told);
    expect(first?.map(({ event }) => event)).toEqual(["message", "entry", "entry", "message", "guard", "line"]);
    for (const other of others) expect(other).toEqual(first);
  });

  it("shows what the RDS API says as it changes", async () => {
    const lab = await openPage();
    const watching = await viewer(lab);
    expect((await watching.next("state")).databases.clusters).toEqual([]);
    addArticleCluster(lab.rds);
    const seen = await watching.next("databases");
    expect(seen.clusters[0]).toMatchObject({ name: "db-cluster", parameterGroup: "cluster-14", members: [{ name: "db-instance-writer" }] });
  });

  it("goes on showing what RDS said last while RDS does not answer, and says so", async () => {
    const lab = await openPage();
    addArticleCluster(lab.rds);
    const watching = await viewer(lab);
    lab.rds.faults.throttle({ times: 3, onlookers: true });
    const seen = await watching.next("databases", ({ trouble }) => trouble !== undefined);
    expect(seen.trouble).toContain("Rate exceeded");
    expect(seen.clusters).toHaveLength(1);
    expect((await watching.next("databases")).trouble).toBeUndefined();
  });

  it("leaves RDS alone while nobody watches", async () => {
    const lab = await openPage();
    lab.journal(entry(1));
    await lab.act("pause");
    expect(lab.rds.calls).toEqual([]);
  });

  it("ends when the lab closes, and does not begin again", async () => {
    const lab = await openPage();
    const viewers = [await viewer(lab), await viewer(lab)];
    lab.page.close();
    await Promise.all(viewers.map((it) => it.end()));
    expect((await lab.get("/feed")).status).toBe(503);
  });

  it("reaches a browser over HTTP at once, and others go on when one leaves", async () => {
    const lab = await openPage();
    const url = await listening(createServer(getRequestListener((request) => lab.page.fetch(request))));
    const [leaving, staying] = [new Viewer(await fetch(`${url}/feed`)), new Viewer(await fetch(`${url}/feed`))];
    await leaving.next("state");
    await leaving.leave();
    lab.page.say("Somebody has left.");
    expect((await staying.next("line")).text).toBe("Somebody has left.");
  });
});
