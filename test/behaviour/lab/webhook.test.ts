import { readFileSync } from "node:fs";
import { SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Reply } from "../../../lab/webhook/receiver.ts";
import type { FactPayload } from "../../../src/messages/plain/payload.ts";
import { addCluster, create, HOUR, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab, told } from "../../support/lab/stage.ts";

let lab: TestLab;
let lost = false;
beforeEach(async () => {
  lost = false;
  lab = await openTestLab({ webhook: true, webhookTimeoutMs: 200, lose: () => lost });
});
afterEach(() => lab.close());

const play = <T>(task: () => Promise<T>): Promise<T> => lab.clock.work(task);
const webhook = () => {
  if (!lab.webhook) throw new Error("This lab has no webhook.");
  return lab.webhook;
};
const receiver = () => webhook().receiver;
const payloads = () =>
  receiver()
    .taken()
    .map(({ body }) => JSON.parse(body) as FactPayload);
const titles = () => payloads().map(({ data }) => data.title);
const deadLetters = () => webhook().queue.deadLetters.all();

/** Creates the deployment of a new cluster and waits until it is built and told in Slack. */
async function built(): Promise<void> {
  await play(async () => {
    addCluster(lab, "orders");
    await create(lab, "orders");
    await pass(lab, 45 * MINUTE);
  });
  await lab.settled();
}

/** Puts a fact on the bus, as the guard does. */
function publish(factId: string, more: Record<string, unknown> = {}): void {
  const detail = {
    signal: "replication-degraded",
    factId,
    title: "orders-15: Replication is degraded: switchover is blocked",
    text: "Green no longer follows blue.",
    severity: "critical",
    occurredAt: new Date(lab.clock.now()).toISOString(),
    ...more,
  };
  lab.bus.put({ Source: "bluegreen-guard", DetailType: "Deployment Degraded", Detail: JSON.stringify(detail) });
}

describe("a webhook gets", () => {
  it("every fact that has an entry in Slack, signed, once, and in the entry's own words", async () => {
    await built();
    lab.rds.runDdl("orders", "ALTER TABLE");
    await play(() => pass(lab, 5 * MINUTE));
    await lab.settled();
    await webhook().idle();
    expect(receiver().calls.every(({ verified, status }) => verified && status === 204)).toBe(true);
    expect(receiver().calls.length).toBe(receiver().taken().length);
    const entries = told(lab).flatMap((it) => (it.startsWith("  ") ? it.trim() : []));
    // In Slack, the steps of building green are one entry.
    const STEPS = ["Replication stopped", "Replication resumed", "Engine upgrade of green started", "Engine upgrade of green finished"];
    const said = titles().map((it) => it.replace(/^orders-15: /, ""));
    expect(said.filter((it) => !STEPS.includes(it)).sort()).toEqual(entries.filter((it) => it !== "How green is built").sort());
    expect(STEPS.filter((it) => !said.includes(it))).toEqual([]);
  });

  it("what happened, what it means for production and what to do, with what a program decides by", async () => {
    await built();
    lab.rds.runDdl("orders", "ALTER TABLE");
    await play(() => pass(lab, 5 * MINUTE));
    await lab.settled();
    await webhook().idle();
    const degraded = payloads().find(({ type }) => type === "deployment.replication-degraded");
    expect(degraded?.data).toMatchObject({
      name: "Deployment Degraded",
      severity: "critical",
      urgency: "later",
      production: "blue",
      account: "123456789012",
      region: "ap-northeast-1",
      blue: "orders",
      deploymentName: "orders-15",
      deploymentId: expect.stringMatching(/^bgd-/),
    });
    expect(degraded?.data.text).toMatch(/^The upgrade is blocked\. Production is not affected, so this can wait until morning\. Green has stopped following blue.*Stop what ran it/);
    expect(degraded?.data.text).not.toMatch(/[*`\n]/);
    expect(Date.parse(degraded?.timestamp ?? "")).toBeGreaterThan(lab.clock.now() - HOUR);
  });

  it("one fact once under one id after it has failed twice, with growing delays, signed anew each time", async () => {
    const failing: Reply[] = [{ status: 500, body: "no\nroom" }, { status: 503 }];
    receiver().reply(() => failing.shift() ?? { status: 200 });
    await play(async () => {
      publish("5d7a3f0c9be14a86");
      await pass(lab, 5 * MINUTE);
    });
    await webhook().idle();
    const { calls } = receiver();
    expect(calls.map(({ id, status, verified }) => [id, status, verified])).toEqual(
      [500, 503, 200].map((status) => ["5d7a3f0c9be14a86", status, true]),
    );
    expect(calls.slice(1).map(({ at }, index) => (at - (calls[index]?.at ?? 0)) / 1_000)).toEqual([30, 60]);
    expect(receiver().taken().length).toBe(1);
    expect(lab.logged.map(({ message }) => message)).toContain('The webhook answered with HTTP 500 and "no room".');
  });

  it("everything from a receiver's hour of silence, afterwards, and Slack does not wait for it", async () => {
    receiver().reply(() => ({ status: 503 }));
    await built();
    expect(told(lab)).toContain("  Ready to switch over");
    await play(() => pass(lab, HOUR));
    expect(receiver().taken()).toEqual([]);
    receiver().reply(() => ({ status: 202 }));
    await play(() => pass(lab, HOUR));
    await webhook().idle();
    const facts = lab.bus.events.map(({ detail }) => detail["factId"]);
    expect(facts.length).toBeGreaterThan(5);
    expect(
      receiver()
        .taken()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(facts.sort());
    expect(deadLetters()).toEqual([]);
  });

  it("a fact later that it asks to get later, and one that it did not answer in time", async () => {
    const slow: Reply[] = [{ status: 429, headers: { "retry-after": "900" } }, "hang"];
    receiver().reply(() => slow.shift() ?? { status: 204 });
    await play(async () => {
      publish("5d7a3f0c9be14a86");
      await pass(lab, 30 * MINUTE);
    });
    await webhook().idle();
    const [first, second, third] = receiver().calls;
    expect(((second?.at ?? 0) - (first?.at ?? 0)) / 1_000).toBe(900);
    expect(((third?.at ?? 0) - (second?.at ?? 0)) / 1_000).toBe(60);
    expect(third?.status).toBe(204);
  });

  it("a hostile text as a text: nothing of it becomes a field, a header or a line of its own", async () => {
    const hostile = '"}, "severity": "good", "x": "\r\nwebhook-id: other\r\n\u202e<script>\u0000';
    publish("5d7a3f0c9be14a86", { message: hostile, title: hostile });
    await webhook().idle();
    const [payload] = payloads();
    expect(payload?.data).toMatchObject({ id: "5d7a3f0c9be14a86", severity: "critical", message: hostile, title: hostile });
    expect(receiver().calls).toMatchObject([{ id: "5d7a3f0c9be14a86", verified: true }]);
  });
});

describe("a webhook", () => {
  it("gets what no deployment was found for, which triggers no rule for degraded deployments", async () => {
    await lab.receive(JSON.parse(readFileSync("test/events/ddl-on-blue.json", "utf8")));
    await webhook().idle();
    expect(payloads()).toMatchObject([
      {
        type: "deployment.replication-degraded",
        data: {
          name: "Deployment Fact",
          severity: "critical",
          database: "db-instance-writer",
          text: expect.stringContaining("No deployment found"),
        },
      },
    ]);
    expect(payloads()[0]?.data).not.toHaveProperty("deploymentId");
  });

  it("gets nothing of a switchover that was over before the guard first saw it, and neither does the bus", async () => {
    lost = true;
    await play(async () => {
      addCluster(lab, "orders");
      const BlueGreenDeploymentIdentifier = await create(lab, "orders");
      await pass(lab, 45 * MINUTE);
      await lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
      await pass(lab, 20 * HOUR);
      await lab.sweep();
    });
    await webhook().idle();
    expect(told(lab)[0]).toBe("orders-15 · Switched over");
    expect(payloads()).toEqual([]);
  });
});

describe("a dead letter is", () => {
  it("a fact that the receiver refuses five times, with its answer as the reason", async () => {
    receiver().reply(() => ({ status: 404, body: "no such hook" }));
    await play(async () => {
      publish("5d7a3f0c9be14a86");
      await pass(lab, HOUR);
    });
    await webhook().idle();
    expect(receiver().calls.length).toBe(5);
    expect(deadLetters().length).toBe(1);
    expect(JSON.stringify(deadLetters())).toContain("HTTP 404");
  });

  it("a fact whose receiver is gone for good, at once", async () => {
    receiver().reply(() => ({ status: 410 }));
    publish("5d7a3f0c9be14a86");
    await webhook().idle();
    expect(receiver().calls.length).toBe(1);
    expect(deadLetters().length).toBe(1);
  });

  it("a fact that was sent to another address by a redirect, which is not followed", async () => {
    receiver().reply(() => ({ status: 302, headers: { location: `${receiver().url}/elsewhere` } }));
    await play(async () => {
      publish("5d7a3f0c9be14a86");
      await pass(lab, HOUR);
    });
    await webhook().idle();
    expect(receiver().calls.length).toBe(5);
    expect(deadLetters().length).toBe(1);
  });

  it("a fact that nobody has taken for two days, and not before a day is over", async () => {
    receiver().reply(() => ({ status: 500 }));
    const day = async () => {
      for (let hour = 0; hour < 24; hour += 1) await pass(lab, HOUR);
    };
    await play(async () => {
      publish("5d7a3f0c9be14a86");
      await day();
    });
    expect(deadLetters()).toEqual([]);
    await play(day);
    await webhook().idle();
    expect(deadLetters().length).toBe(1);
  });

  it("what is on the bus and no fact of the guard's, without a call", async () => {
    publish("5d7a3f0c9be14a86", { title: undefined });
    await webhook().idle();
    expect(receiver().calls).toEqual([]);
    expect(deadLetters().length).toBe(1);
  });
});

describe("while Slack is down, a webhook gets", () => {
  it("each fact once, without waiting for Slack", async () => {
    lab.slack.faults.down(lab.clock.now(), lab.clock.now() + 24 * HOUR);
    await play(async () => {
      addCluster(lab, "orders");
      await create(lab, "orders");
      await pass(lab, 45 * MINUTE);
    });
    expect(told(lab)).toEqual([]);
    const ids = receiver().calls.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(titles().some((it) => it.endsWith("Ready to switch over"))).toBe(true);
    expect(ids.length).toBeGreaterThan(5);
  });

  it("all that came at once, at once", async () => {
    lost = true;
    await play(async () => {
      addCluster(lab, "orders");
      await create(lab, "orders");
      await pass(lab, 20 * MINUTE);
    });
    lab.slack.faults.down(lab.clock.now(), lab.clock.now() + 24 * HOUR);
    await play(async () => {
      await Promise.all(lab.journal.entries.map(({ envelope }) => lab.give(envelope)));
      await pass(lab, 10_000);
    });
    expect(told(lab)).toEqual([]);
    expect(titles().length).toBeGreaterThan(2);
    expect(lab.bus.events.length).toBe(titles().length);
  });
});
