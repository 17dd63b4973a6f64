import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownRouteOf, routeOf } from "../../../local/bus.ts";
import { countWildcards } from "../../../local/event-pattern.ts";
import { fromEventBridge } from "../../../src/events/eventbridge.ts";
import { rules } from "../../../src/rules/index.ts";
import { routes } from "../../../src/rules/routes.ts";
import { signalOf } from "../../../src/rules/signal.ts";
import { articleEvents, envelopeOf, recorded } from "../../support/recorded.ts";

const patterns = Object.entries(routes());

describe("the routes", () => {
  it("are what the command prints", () => {
    const printed = execFileSync(process.execPath, ["bin/bluegreen-guard.js", "routes"], { encoding: "utf8" });
    expect(JSON.parse(printed)).toEqual(routes());
  });

  const longest = routes(undefined, { account: "123456789012", region: "ap-southeast-99" });
  it.each(Object.entries(longest))("have a pattern for %s that EventBridge takes: under 2,048 characters", (_, pattern) => {
    expect(JSON.stringify(pattern).length).toBeLessThan(2048);
  });

  it("of one account and Region take its events alone, and all of those", () => {
    const here = articleEvents.map(envelopeOf).filter((event) => ownRouteOf(event) !== undefined);
    expect(here.length).toBe(17);
    for (const changed of [{ account: "999999999999" }, { region: "us-east-1" }, { account: undefined }, { region: undefined }]) {
      expect(here.filter((event) => ownRouteOf({ ...event, ...changed }) !== undefined)).toEqual([]);
    }
  });

  it("hold at most four wildcards together", () => {
    expect(patterns.map(([, pattern]) => countWildcards({ ...pattern })).reduce((a, b) => a + b)).toBeLessThanOrEqual(4);
  });

  it("take 17 of a real upgrade's events, and nothing that no rule reads", () => {
    const routed = articleEvents.map(envelopeOf).filter((event) => routeOf(event) !== undefined);
    expect(articleEvents.length).toBe(55);
    expect(routed.length).toBe(17);
    expect(routed.filter((event) => signalOf(fromEventBridge(event)) === undefined)).toEqual([]);
  });

  it("leave out snapshots, backups and parameters", () => {
    expect(routeOf(recorded("snapshot"))).toBeUndefined();
    expect(routeOf(recorded("ddl-on-blue", { Message: "Backing up DB instance", EventID: "RDS-EVENT-0001" }))).toBeUndefined();
    expect(
      routeOf(recorded("ddl-on-blue", { Message: "Finished updating DB parameter group", EventID: "RDS-EVENT-0092" })),
    ).toBeUndefined();
  });

  it("take every event of a deployment, whatever it says", () => {
    expect(routeOf(recorded("tasks-completed", { EventID: "RDS-EVENT-9999", Message: "New words" }))).toBe("deployment");
    expect(routeOf(recorded("tasks-completed", { EventID: null, Message: "" }))).toBe("deployment");
  });

  it("take degraded texts wherever they stand in a message", () => {
    for (const Message of ["x REPLICATION_DEGRADED y", "Replication has been degraded", "Your replication is degraded."]) {
      expect(routeOf(recorded("ddl-on-blue", { Message }))).toBe("instance");
      expect(routeOf(recorded("switchover-completed-on-cluster", { Message, EventID: null }))).toBe("cluster");
    }
  });

  it("take every text that a rule names, with or without an id, whatever follows", () => {
    const texts = rules.flatMap((rule) =>
      rule.sources.flatMap((source) => (source === "blue-green-deployment" ? [] : rule.prefixes.map((prefix) => ({ source, prefix })))),
    );
    void fc.assert(
      fc.property(fc.constantFrom(...texts), fc.string(), ({ source, prefix }, rest) => {
        const name = source === "db-cluster" ? "switchover-completed-on-cluster" : "ddl-on-blue";
        expect(routeOf(recorded(name, { Message: prefix + rest, EventID: undefined }))).toBe(source.slice("db-".length));
      }),
    );
  });
});
