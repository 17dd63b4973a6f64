import { beforeEach, describe, expect, it } from "vitest";
import type { TestLab } from "../../support/lab/stage.ts";
import { recorded } from "../../support/recorded.ts";
import { TRACE } from "../../support/x-ray-daemon.ts";
import { batch, openArticleLab } from "./article-lab.ts";
import { invoke, rootOf, secretsIn } from "./function.ts";

const DEPLOYMENT = "bgd-hy5ntvomddiv89r8";

let lab: TestLab;
beforeEach(async () => {
  lab = await openArticleLab();
});

describe("the bundle of the watch function", () => {
  it("counts what it saw, told and could not read, in a line of metrics an invocation", async () => {
    const other = recorded("tasks-completed", { EventID: "RDS-EVENT-9999", Message: "A sentence of next year's." });
    const { metrics } = await invoke("watch", [batch(recorded("ddl-on-blue"), "not json"), batch(other)], lab);
    const CloudWatchMetrics = [{ Namespace: "BlueGreenGuard", Dimensions: [["service"]] }];
    // That replication is degraded, and that green is built: no event has said that. A value each.
    expect(metrics).toMatchObject([
      { _aws: { CloudWatchMetrics }, service: "bluegreen-guard", EventsSeen: 1, FactsTold: [1, 1], EventsFailed: 1 },
      { _aws: { CloudWatchMetrics }, service: "bluegreen-guard", EventsSeen: 1, FactsTold: 1, UnknownEvents: 1 },
    ]);
  });

  it("looks at a deployment once, however many events of a batch are about it", async () => {
    const more = [1, 2].map((minute) => recorded("ddl-on-blue", { Date: `2024-02-05T08:0${minute}:00.000Z` }));
    const { outcomes } = await invoke("watch", [batch(recorded("ddl-on-blue"), ...more)], lab);
    expect(outcomes).toEqual([{ answer: { batchItemFailures: [] } }]);
    expect(lab.rds.calls.filter(({ action }) => action === "DescribeDBClusters")).toHaveLength(1);
    expect(lab.bus.events).toHaveLength(1);
  });

  it("traces each event of a batch, and each deployment with the calls made to tell of it", async () => {
    const cluster = recorded("tasks-completed", { SourceIdentifier: "bgd-cavqrityavom8edj" });
    const { subsegments } = await invoke("watch", [batch(recorded("ddl-on-blue"), cluster)], lab);
    const events = subsegments.filter(({ name }) => name === "RDS event");
    expect(events.map(({ annotations }) => annotations)).toEqual([
      { deployment: DEPLOYMENT, signal: "replication-degraded" },
      { deployment: "bgd-cavqrityavom8edj", signal: "tasks-completed" },
    ]);
    for (const { id, parent_id, trace_id } of events) {
      expect({ parent_id, trace_id }).toEqual({ parent_id: TRACE.parent, trace_id: rootOf(0) });
      const below = subsegments.filter((it) => it.parent_id === id).map(({ name }) => name);
      expect(below).toContain("DynamoDB");
    }
    const deployments = subsegments.filter(({ name }) => name === "Deployment");
    const callsOf = (deployment: string) => {
      const own = deployments.filter(({ annotations }) => annotations?.["deployment"] === deployment).map(({ id }) => id);
      return subsegments.filter((it) => own.includes(it.parent_id)).map(({ name }) => name);
    };
    const told = ["DynamoDB", "127.0.0.1/slack/api/chat.postMessage"];
    expect(callsOf(DEPLOYMENT)).toEqual(expect.arrayContaining([...told, "EventBridge"]));
    expect(callsOf("bgd-cavqrityavom8edj")).toEqual(expect.arrayContaining(told));
  });

  it("tells nothing twice in its next invocation, puts what it cannot read to the dead letters, and shows nobody a secret", async () => {
    const events = [batch(recorded("ddl-on-blue")), batch(recorded("ddl-on-blue"), "not json")];
    const seen = await invoke("watch", events, lab);
    const { outcomes, log, datagrams } = seen;
    expect(outcomes).toEqual([{ answer: { batchItemFailures: [] } }, { answer: { batchItemFailures: [] } }]);
    // The card, that replication is degraded, and that green is built.
    expect(lab.slack.calls.map(({ method }) => method)).toEqual(["chat.postMessage", "chat.postMessage", "chat.postMessage"]);
    expect(lab.bus.events).toHaveLength(1);
    expect(lab.queue.deadLetters.all().map(({ body }) => body)).toEqual(["not json"]);
    expect(log.filter(({ level }) => level === "ERROR")).toMatchObject([{ body: "not json", xray_trace_id: rootOf(1) }]);
    expect(datagrams.length).toBeGreaterThan(10);
    expect(secretsIn(seen)).toEqual([]);
  });
});
