import type { Event } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Rds } from "../../../src/clients/rds/rds.ts";
import { logOnly } from "../../../src/clients/telemetry.ts";
import { createSweepHandler } from "../../../src/handlers/sweep.ts";
import { degradationOf } from "../../../src/operations/confirm-degradation.ts";
import { DEFAULTS } from "../../../src/settings/settings.ts";
import { databasesOf, first } from "../../support/deployments/upgrade.ts";
import { recorded } from "../../support/recorded.ts";
import { Outside, textOf } from "../../support/simulation/ports.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.parse("2024-02-20T12:00:00.000Z");

// The deployment was created on 2024-02-05, so more than 14 days ago.
const old = first();
let outside: Outside;
let listed: Event[];
/** How long RDS lists events. */
let kept: number;
let asked: { from: number; until: number }[];

beforeEach(() => {
  outside = new Outside(NOW, () => ({ deployments: [old], databases: databasesOf(old) }));
  listed = [];
  kept = 14 * DAY;
  asked = [];
});
afterEach(() => outside.clock.stop());

/** DescribeEvents as strict as AWS: measured in us-east-1 on 2026-08-19. */
const events: Rds["events"] = async (from, until) => {
  asked.push({ from, until });
  if (!(until > from)) throw new Error("InvalidParameterCombination: EndTime must be after StartTime.");
  if (from <= outside.now - kept)
    throw new Error("InvalidParameterCombination: Events occurring more than 14 days in the past are not available.");
  return listed.filter(({ Date: date }) => date && date.getTime() >= from && date.getTime() <= until);
};

async function sweep(): Promise<Error | undefined> {
  const handler = createSweepHandler({
    rds: { ...outside.rds(), events },
    metrics: { lag: async () => [] },
    records: outside.records(),
    bus: outside.bus(),
    slack: outside.slack(),
    time: outside.clock,
    telemetry: logOnly(),
    tellBudgetMs: 40_000,
    ...DEFAULTS,
    operations: false,
  });
  asked = [];
  return handler().then(
    () => undefined,
    (error: Error) => error,
  );
}

/** RDS lists from now on that somebody ran DDL on blue at `at`. */
function list(at: number): void {
  const { Message, SourceIdentifier } = recorded("ddl-on-blue").detail as { Message: string; SourceIdentifier: string };
  listed.push({ SourceType: "db-instance", SourceIdentifier, Message, Date: new Date(at), EventCategories: ["notification"] });
}

const said = () => outside.told.map(textOf);
const DEGRADED = expect.stringMatching(/^blue-green: Replication is degraded/);

it("tells a lost event of a deployment that is older than the 14 days that RDS lists", () =>
  outside.clock.work(async () => {
    list(NOW - 10 * DAY);
    expect(await sweep()).toBeUndefined();
    expect(said()).toContainEqual(DEGRADED);
  }));

it("still sweeps, and tells, after a pause of more than 14 days", () =>
  outside.clock.work(async () => {
    await sweep();
    await outside.clock.until(NOW + 15 * DAY);
    list(outside.now - DAY);
    expect(await sweep()).toBeUndefined();
    expect(said()).toContainEqual(DEGRADED);
  }));

it("tells what the other days say where RDS refuses one, and asks for that one again until RDS no longer lists it", () =>
  outside.clock.work(async () => {
    kept = 13.5 * DAY;
    list(NOW - DAY / 2);
    expect((await sweep())?.message).toContain("not available");
    expect(said()).toContainEqual(DEGRADED);
    await outside.clock.until(NOW + 5 * MINUTE);
    await sweep();
    const oldest = () => asked.toSorted((a, b) => a.from - b.from)[0];
    // What RDS listed the first time is not asked for again.
    const refused = { from: NOW - 14 * DAY + 15 * MINUTE, until: NOW - 13 * DAY + 10 * MINUTE };
    expect(oldest()).toEqual(refused);
    await outside.clock.until(NOW + 10 * MINUTE);
    expect(await sweep()).toBeInstanceOf(Error);
    expect(asked).toHaveLength(2);
    expect(oldest()).toEqual({ ...refused, from: refused.from + 5 * MINUTE });
    await outside.clock.until(NOW + DAY + 10 * MINUTE);
    expect(await sweep()).toBeUndefined();
    expect(Math.min(...asked.map(({ from }) => from))).toBeGreaterThan(outside.now - 3 * DAY);
  }));

it("cannot say whether a deployment older than that is degraded, and can where an event says so", async () => {
  expect(await degradationOf(old, { events }, NOW)).toMatchObject({ state: "unknown" });
  list(NOW - 2 * DAY);
  expect(await degradationOf(old, { events }, NOW)).toMatchObject({ state: "degraded" });
  const young = first({ createTime: "2024-02-19T12:00:00.000Z" });
  expect(await degradationOf(young, { events }, NOW)).toEqual({ state: "not-seen" });
});
