import { describe, expect, it } from "vitest";
import { guard } from "./replay-run.ts";

const ORDERS = "test/wire/lab/fixtures/orders-deployment.json";
const ORDERS_EVENTS = "test/wire/lab/fixtures/orders-events.json";

describe("the command line", () => {
  it("says what there is when asked for help", async () => {
    const { code, out, err } = await guard("--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^ {2}replay /m);
    const more = await guard("replay", "--help");
    expect(more.code).toBe(0);
    expect(more.out).toContain("--deployments FILE");
  });

  it("shows a person each event, what was told, and what no route takes, without colour codes in a pipe", async () => {
    const { code, out, err } = await guard("replay", "--deployments", ORDERS, ORDERS_EVENTS);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const lines = out.split("\n");
    expect(lines).toContain("09:20:00 RDS event, orders-green-k3v8pd: Replication has stopped.");
    expect(lines).toContain("  orders-to-17 · Building green");
    expect(lines).toContain("│   Replication stopped");
    expect(lines).toContain("09:25:00 not routed, orders: Finished DB Instance backup");
    expect(lines).toContain("  Left out: its database is in no blue/green deployment.");
    expect(out).toContain("3 events, 2 of them routed to the guard; Slack messages: 3 posted, 0 updated.");
    expect(out).not.toContain("\u001b");
  });
});
