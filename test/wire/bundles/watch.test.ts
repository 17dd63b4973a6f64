import { beforeEach, describe, expect, it } from "vitest";
import { type TestLab, told } from "../../support/lab/stage.ts";
import { recorded } from "../../support/recorded.ts";
import { batch, openArticleLab } from "./article-lab.ts";
import { invoke, rootOf } from "./function.ts";

const DEPLOYMENT = "bgd-hy5ntvomddiv89r8";

let lab: TestLab;
beforeEach(async () => {
  lab = await openArticleLab();
});

describe("the bundle of the watch function", () => {
  it("takes an event off the queue, tells Slack, puts the fact on the bus, and logs each with deployment, signal and trace", async () => {
    const { exitCode, outcomes, stderr, log } = await invoke("watch", [batch(recorded("ddl-on-blue"))], lab);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(outcomes).toEqual([{ answer: { batchItemFailures: [] } }]);
    expect(told(lab)).toEqual([
      "blue-green · Degraded: cannot be switched over",
      "  Replication is degraded",
      "  Green is built, but degraded",
    ]);
    expect(lab.bus.events).toMatchObject([{ "detail-type": "Deployment Degraded", detail: { deploymentId: DEPLOYMENT } }]);
    const every = { level: "INFO", service: "bluegreen-guard", function_request_id: "request-0", xray_trace_id: rootOf(0) };
    const about = { ...every, deployment: DEPLOYMENT, signal: "replication-degraded" };
    expect(log).toMatchObject([
      { ...about, message: "RDS event" },
      { ...about, message: "Told" },
      { ...about, signal: "tasks-completed", message: "Told" },
    ]);
  });
});
