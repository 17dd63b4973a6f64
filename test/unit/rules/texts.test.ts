import { describe, expect, it } from "vitest";
import { routeOf } from "../../../local/bus.ts";
import { fromDescribeEvents } from "../../../src/events/describe-events.ts";
import { KNOWN_EVENTS } from "../../../src/events/event-ids.ts";
import { fromEventBridge } from "../../../src/events/eventbridge.ts";
import { signalOf } from "../../../src/rules/signal.ts";
import { recorded } from "../../support/recorded.ts";
import { TEXTS, type Text } from "./texts.ts";

const ENVELOPES = {
  "db-instance": { name: "ddl-on-blue", route: "instance" },
  "db-cluster": { name: "switchover-completed-on-cluster", route: "cluster" },
  "blue-green-deployment": { name: "tasks-completed", route: "deployment" },
} as const;

const row = ({ on, text }: Text) => ({
  SourceType: on,
  SourceIdentifier: on === "blue-green-deployment" ? "bgd-hy5ntvomddiv89r8" : "shop",
  Date: "2026-08-19T12:06:00.000Z",
  Message: text,
  EventCategories: [],
});

const delivered = ({ on, text }: Text, EventID?: string) => recorded(ENVELOPES[on].name, { Message: text, EventID });

describe.each(Object.entries(TEXTS))("the texts of %s", (_, texts) => {
  it.each(texts)("are read as a row of DescribeEvents, which has no id: $text", (it) => {
    const signal = signalOf(fromDescribeEvents(row(it)));
    expect(signal?.rule.id).toBe(it.signal);
    if (it.reading) expect(signal?.reading).toEqual(it.reading);
  });

  it.each(texts.filter(({ signal }) => signal !== undefined))("are routed and read from EventBridge without an id: $text", (it) => {
    const event = delivered(it);
    expect(routeOf(event)).toBe(ENVELOPES[it.on].route);
    expect(signalOf(fromEventBridge(event))?.rule.id).toBe(it.signal);
  });
});

// Ids and texts: RDS User Guide, USER_Events.Messages.
describe("what RDS says of replication with an id", () => {
  const stopped = Object.values(TEXTS)
    .flat()
    .filter(({ signal }) => signal === "replication-stopped");

  it.each(stopped)("keeps RDS's reason: $text", (it) => {
    const signal = signalOf(fromEventBridge(delivered(it, "RDS-EVENT-0045")));
    expect(signal?.rule.id).toBe("replication-stopped");
    expect(signal?.reading).toEqual(it.reading);
  });

  it("keeps words that it has never used before, and that green is degraded", () => {
    const read = (text: string) => signalOf(fromEventBridge(delivered({ on: "db-instance", text }, "RDS-EVENT-0045")))?.reading;
    expect(read("The replica lost its way.")).toEqual({ reason: "The replica lost its way" });
    expect(read("Replication has stopped. Your green databases now have a status of REPLICATION_DEGRADED.")).toMatchObject({
      degraded: true,
    });
  });
});

it.each(Object.entries(KNOWN_EVENTS).filter(([, { table }]) => table !== "blue/green deployment"))(
  "routes AWS's text of %s without the id",
  (_, { table, message }) => {
    const on = table === "DB cluster" ? "db-cluster" : "db-instance";
    const text = message.replaceAll(/\{.+?\}/g, "shop");
    expect(routeOf(delivered({ on, text }))).toBe(ENVELOPES[on].route);
  },
);

it("does not route what is not about a deployment", () => {
  for (const text of ["Binlog position from crash recovery is mysql-bin-changelog.000001 154", "DB instance created"]) {
    expect(routeOf(delivered({ on: "db-instance", text }))).toBeUndefined();
  }
});
