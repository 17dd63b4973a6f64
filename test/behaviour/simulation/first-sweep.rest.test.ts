import { expect, it } from "vitest";
import { logOnly } from "../../../src/clients/telemetry.ts";
import { SWEEP_TELLS_MS } from "../../../src/handlers/connect.ts";
import { createSweepHandler } from "../../../src/handlers/sweep.ts";
import { DEFAULTS } from "../../../src/settings/settings.ts";
import { CallClock } from "../../support/simulation/call-clock.ts";
import { Outside, Run } from "../../support/simulation/ports.ts";
import { recordsOf } from "./outcome.ts";
import { stories } from "./stories.ts";

const MANY = 1_000;
const MINUTE = 60_000;
/** The function's timeout, as the stack sets it. */
const TIMEOUT_MS = 180_000;
/** A function of 512 MB has 0.29 of a core: what a call costs of it, and how long AWS and Slack then take. */
const CORE_MS = 5;
const TAKES_MS = { dynamodb: 5, rds: 250, slack: 300 };
const SOURCE_TYPES = { CLUSTER: "db-cluster", DB_INSTANCE: "db-instance", BLUE_GREEN_DEPLOYMENT: "blue-green-deployment" } as const;

const story = stories(["ready", "degraded"]);

/** A thousand deployments of the last three days, a tenth of them degraded, of which no guard has heard; answers what sweeps, every five minutes. */
function unheardOf() {
  const many = Array.from({ length: MANY }, (_, index) => story(index % 10 === 0 ? "degraded" : "ready", index + 1, index * 4));
  const rows = many
    .flatMap(({ events }) => events)
    .sort((a, b) => a.at - b.at)
    .map(({ envelope: { detail } }) => ({
      SourceIdentifier: detail.SourceIdentifier,
      SourceType: SOURCE_TYPES[detail.SourceType],
      Message: detail.Message,
      Date: new Date(detail.Date),
    }));
  const last = many.map(({ states }) => states.at(-1)?.state);
  const api = { deployments: last.flatMap((it) => it?.deployments ?? []), databases: last.flatMap((it) => it?.databases ?? []) };
  const clock = new CallClock((rows.at(-1)?.Date.getTime() ?? 0) + 30 * MINUTE);
  const outside = new Outside(0, () => api, clock);
  const { write, ...records } = outside.records();
  let filings = 0;
  let coreFreeAt = 0;
  const call = (took: number) => {
    coreFreeAt = Math.max(clock.now(), coreFreeAt) + CORE_MS;
    return clock.until(coreFreeAt + took);
  };
  async function sweep(): Promise<{ ms: number; error?: unknown }> {
    const begun = clock.now();
    const run = (took: number) => new Run(undefined, () => call(took));
    const runs = { dynamodb: run(TAKES_MS.dynamodb), rds: run(TAKES_MS.rds), slack: run(TAKES_MS.slack) };
    const pages = async <T>(list: readonly T[]) => {
      for (let page = 1; page < list.length / 100; page += 1) await call(TAKES_MS.rds);
      return [...list];
    };
    const rds = {
      ...outside.rds(),
      deployments: () => pages(api.deployments),
      events: (from: number, until: number) => pages(rows.filter(({ Date: at }) => at.getTime() >= from && at.getTime() < until)),
    };
    const handler = createSweepHandler({
      rds: runs.rds.through(rds),
      records: runs.dynamodb.through({
        ...records,
        write(...asked: Parameters<typeof write>) {
          if (asked[0].key.startsWith("filed#")) filings += 1;
          return write(...asked);
        },
      }),
      metrics: runs.dynamodb.through(outside.metrics()),
      slack: runs.slack.through(outside.slack()),
      bus: runs.dynamodb.through(outside.bus()),
      ...DEFAULTS,
      operations: false,
      telemetry: logOnly(),
      tellBudgetMs: SWEEP_TELLS_MS,
      time: clock,
    });
    void clock.until(begun + TIMEOUT_MS).then(() => Object.values(runs).forEach((it) => void it.die()));
    const error: unknown = await handler().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const ms = clock.now() - begun;
    await clock.until(begun + 5 * MINUTE);
    return { ms, error };
  }
  return { outside, filings: () => filings, sweep };
}

it("the first sweep over 1,000 deployments ends in time, and the next ones go on where it stopped", async () => {
  const { outside, filings, sweep } = unheardOf();
  const filed = () => [...outside.items.keys()].filter((key) => key.startsWith("filed#")).length;
  const isBehind = () => ((outside.items.get("sweep")?.item as { missed?: object[] } | undefined)?.missed ?? []).length > 0;
  for (let before = { filed: 0, messages: 0 }, sweeps = 1; sweeps === 1 || isBehind(); sweeps += 1) {
    const { ms, error } = await sweep();
    expect({ error, isInTime: ms < TIMEOUT_MS - 30_000 }, `sweep ${sweeps}, ${ms} ms`).toEqual({ error: undefined, isInTime: true });
    const now = { filed: filed(), messages: outside.messages.length };
    expect(now.filed).toBeGreaterThan(before.filed);
    // Telling waits for no backlog of events: half a minute of each sweep is its own.
    expect(now.messages).toBeGreaterThan(before.messages + 25);
    expect(recordsOf(outside)).toHaveLength(MANY);
    expect(sweeps).toBeLessThan(15);
    before = now;
  }
  const degraded = recordsOf(outside).filter(({ facts }) => facts.some(({ signal }) => signal === "replication-degraded"));
  expect(degraded).toHaveLength(MANY / 10);
  // Only those that say "degraded", which each sweep takes first, and the last hour may be taken twice.
  expect(filed()).toBeGreaterThan(5 * MANY);
  expect(filings()).toBeLessThan(1.3 * filed());
});
