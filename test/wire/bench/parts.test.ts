import { describe, expect, it } from "vitest";
import { atLeast, atMost } from "../../../bench/budgets.ts";
import type { Playground } from "../../../bench/playground.ts";
import { startLines, verdictLine, warmLines } from "../../../bench/report.ts";
import { folderBytes } from "../../../bench/start/folder-bytes.ts";
import { peerIn } from "../../../bench/start/peer.ts";
import { type StartResult, weigh } from "../../../bench/start/start.ts";
import type { WarmResult } from "../../../bench/warm/warm.ts";
import { bundleFolder, FUNCTIONS } from "../../../infra/bundle-folder.ts";

// Small, and on any core: what is measured here is not the point, but that it is measured.
describe("the bench", () => {
  it("finds each bundle within its size, which is at most a sixth more than it has", () => {
    const weighed = FUNCTIONS.map((name) => weigh({ name, bytes: folderBytes(bundleFolder(name)) }));
    expect(weighed.filter(({ withinBudget }) => !withinBudget)).toEqual([]);
    expect(weighed.filter(({ measured, budget }) => budget > (measured * 7) / 6)).toEqual([]);
  });
});

describe("a figure over its budget", () => {
  it("is said to be over it", () => {
    const lines = [atMost("calls of a DDL event", 15, 14), atLeast("events taken a second", 150.25, 150)].map(verdictLine);
    expect(lines).toEqual(["  OVER   budget 14 calls of a DDL event: 15", "  within budget 150 events taken a second: 150.25"]);
  });
});

describe("a warm event", () => {
  it("is shown with its calls in their order, against the least that any design needs", () => {
    const warm: WarmResult = {
      calls: { "dynamodb PutItem": 1, "slack chat.update": 1 },
      levels: [["dynamodb PutItem (deployment)"], ["slack chat.update"]],
      bytes: 41_482,
      writeUnits: 2,
      alertMs: { median: 600, p95: 700 },
      latencies: { dynamodb: 5, rds: 250, slack: 300 },
      cpuMs: { median: 10, p95: 20 },
      least: { calls: 1, depth: 1, alertMs: 300, cpuMs: 2 },
      verdicts: [],
    };
    expect(warmLines(warm).slice(1)).toEqual([
      "  calls         2, of them 2 one after the other; the least that any design needs: 1, 1",
      "              1 dynamodb PutItem (deployment)",
      "              2 slack chat.update",
      "  bytes         41,482 over the wire; 2 write units",
      "  alert         median 600 ms, p95 700 ms, where DynamoDB takes 5 ms, RDS 250, Slack 300; the least 300 ms: 2.00 times",
      "  CPU           median 10.0 ms, p95 20.0 ms; the least 2.0 ms: 5.00 times",
    ]);
  });
});

describe("a start", () => {
  const loaded = { ms: 510, floorMs: 100, ratio: 5.1, cpuRatio: 5.5 };
  const start: StartResult = { runs: 1, loaded, told: loaded, acknowledged: loaded, calls: {}, peer: loaded, bundles: [], verdicts: [] };

  it("is shown against a bare Node's, and against terraform-aws-notify-slack's function", () => {
    const lines = startLines(start);
    expect(lines[2]).toBe("  loaded        median 510.0 ms, a bare Node's start 100.0 ms: 5.10 times (5.50 times the CPU)");
    expect(lines[5]).toBe(
      "  notify-slack  first told median 510.0 ms, terraform-aws-notify-slack's function 100.0 ms: 5.10 times (5.50 times the CPU)",
    );
  });

  it("says why it is not compared with that function, and how it would be", () => {
    const playground: Playground = { url: "http://127.0.0.1:1", channel: "C0BLUEGREEN", now: 0, deployments: [] };
    expect(peerIn("test/wire/bench", playground)).toBe("test/wire/bench has no functions/notify_slack.py.");
    const peer = peerIn(undefined, playground) as string;
    expect(startLines({ ...start, peer })[5]).toBe(
      "  notify-slack  skipped: --notify-slack DIR was not given, a copy of terraform-aws-modules/terraform-aws-notify-slack.",
    );
  });
});
