import { afterEach, beforeEach, expect, it } from "vitest";
import { createMetrics } from "../../../src/clients/metrics.ts";
import type { LagMetric } from "../../../src/deployments/lag.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab();
});
afterEach(() => lab.close());

const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };
const metricsOf = (timeoutMs?: number) => createMetrics({ endpoint: lab.url, region: "ap-northeast-1", credentials, timeoutMs });
const MB = 1024 ** 2;
const slot = (instance: string): LagMetric => ({ name: "OldestReplicationSlotLag", side: "blue", unit: "bytes", instance });
const replica = (instance: string): LagMetric => ({ name: "ReplicaLag", side: "green", unit: "seconds", instance });

it("asks for the lags of several deployments in one call, and answers them in their order", async () => {
  lab.cloudwatch.answer("orders", [12 * MB, 9 * MB]);
  lab.cloudwatch.answer("payments-green-8n9hio", [-1]);
  const asked = [slot("orders"), replica("payments-green-8n9hio"), slot("nobody")];
  const lags = await metricsOf().lag(asked, lab.clock.now());
  expect(lags).toMatchObject([
    { state: "measured", metric: asked[0], value: 12 * MB, unit: "bytes", latest: [12 * MB, 9 * MB], ageMs: 60_000 },
    { state: "not-replicating", metric: asked[1] },
    { state: "unknown", metric: asked[2], why: { code: "no-data", name: "OldestReplicationSlotLag", instance: "nobody" } },
  ]);
  expect(lab.cloudwatch.calls).toHaveLength(1);
});

it("asks for the maximum of each of the last 20 minutes, of one instance", async () => {
  const now = lab.clock.now() + 30_000;
  await metricsOf().lag([slot("orders")], now);
  expect(lab.cloudwatch.calls).toEqual([
    {
      MetricDataQueries: [
        {
          Id: "m0",
          MetricStat: {
            Metric: {
              Namespace: "AWS/RDS",
              MetricName: "OldestReplicationSlotLag",
              Dimensions: [{ Name: "DBInstanceIdentifier", Value: "orders" }],
            },
            Period: 60,
            Stat: "Maximum",
          },
        },
      ],
      StartTime: now / 1_000 - 20 * 60 - 30,
      EndTime: now / 1_000,
    },
  ]);
});

it("puts a metric together whose values come in several pages", async () => {
  lab.cloudwatch.answer(
    "orders",
    [300, 200, 100].map((it) => it * MB),
  );
  lab.cloudwatch.answer(
    "payments",
    [4, 5].map((it) => it * MB),
  );
  lab.cloudwatch.pageSize = 2;
  const lags = await metricsOf().lag([slot("orders"), slot("nobody"), slot("payments")], lab.clock.now());
  expect(lags).toMatchObject([
    { state: "measured", latest: [300 * MB, 200 * MB, 100 * MB] },
    { state: "unknown" },
    { state: "measured", latest: [4 * MB, 5 * MB] },
  ]);
  expect(lab.cloudwatch.calls.map(({ NextToken }) => NextToken)).toEqual([undefined, "2", "4"]);
});

it("asks for more than 500 metrics in several calls", async () => {
  lab.cloudwatch.answer("orders-500", [MB]);
  const asked = Array.from({ length: 501 }, (_, index) => slot(`orders-${index}`));
  const lags = await metricsOf().lag(asked, lab.clock.now());
  expect(lab.cloudwatch.calls.map(({ MetricDataQueries = [] }) => MetricDataQueries.length).sort()).toEqual([1, 500]);
  expect(lags.map(({ metric }) => metric)).toEqual(asked);
  expect(lags.filter(({ state }) => state === "measured")).toEqual([lags[500]]);
});

it("asks nothing where there is nothing to ask", async () => {
  expect(await metricsOf().lag([], lab.clock.now())).toEqual([]);
  expect(lab.cloudwatch.calls).toEqual([]);
});

it("is unknown, with AWS's own words, where CloudWatch refuses the call", async () => {
  lab.cloudwatch.refuse("AccessDenied", "User is not authorized to perform: cloudwatch:GetMetricData");
  expect(await metricsOf().lag([slot("orders"), slot("payments")], lab.clock.now())).toEqual(
    ["orders", "payments"].map((instance) => ({
      state: "unknown",
      metric: slot(instance),
      why: {
        code: "refused",
        call: "GetMetricData",
        error: "AccessDenied",
        text: "User is not authorized to perform: cloudwatch:GetMetricData",
      },
    })),
  );
});

it("is unknown where CloudWatch is throttled, after a second try", async () => {
  lab.cloudwatch.refuse("Throttling", "Rate exceeded");
  const [lag] = await metricsOf().lag([slot("orders")], lab.clock.now());
  expect(lag).toMatchObject({
    state: "unknown",
    why: { code: "refused", call: "GetMetricData", error: "Throttling", text: "Rate exceeded" },
  });
  expect(lab.cloudwatch.calls).toHaveLength(2);
});

it("is unknown where CloudWatch does not answer in time, and reads again once it does", async () => {
  lab.cloudwatch.hang();
  const metrics = metricsOf(30);
  const unanswered = {
    state: "unknown",
    metric: slot("orders"),
    why: { code: "timed-out", call: "GetMetricData", seconds: 0.03 },
  };
  expect(await metrics.lag([slot("orders")], lab.clock.now())).toEqual([unanswered]);
  lab.cloudwatch.hang(false);
  lab.cloudwatch.answer("orders", [MB]);
  expect(await metricsOf().lag([slot("orders")], lab.clock.now())).toMatchObject([{ state: "measured", value: MB }]);
});
