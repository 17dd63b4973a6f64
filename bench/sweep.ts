import { madeOf } from "../src/facts/posts.ts";
import { type DeploymentRecord, newRecord } from "../src/facts/record.ts";
import { deskAt } from "../src/handlers/connect.ts";
import { amendRecord } from "../src/operations/amend-record.ts";
import { readStanding } from "../src/operations/read/standing-of.ts";
import { busPost, dueOf } from "../src/telling/due.ts";
import { isStormKey } from "../src/telling/waiting.ts";
import { atMost, BUDGETS, type Verdict } from "./budgets.ts";
import type { Cores } from "./cores.ts";
import { type Counts, sum } from "./counts.ts";
import { type BenchGuard, connectGuard } from "./guard.ts";
import { awsAt, BUS, type OpenPlayground, openPlayground, TABLES } from "./playground.ts";

/** What one sweep did; `ms` is real time, of which Slack's pace takes none. */
export interface Sweep {
  ms: number;
  rds: number;
  dynamodb: number;
  /** Messages posted and updated. */
  slack: number;
  calls: Counts;
  /** All of them together. */
  all: number;
}

/** Two sweeps over the same deployments. */
export interface SweepResult {
  deployments: number;
  /** Sees all of them for the first time, the day after they were created, and reports as many as its 40 seconds at Slack's pace allow. */
  first: Sweep;
  /** Finds no event, nothing new, and nothing to report. */
  idle: Sweep;
  verdicts: Verdict[];
}

const MINUTE_MS = 60_000;

/** Sweeps over `deployments` that are ready and not yet reported: the first time, and once everything is reported. */
export async function measureSweep(deployments: number, cores: Cores): Promise<SweepResult> {
  const playground = await openPlayground(deployments, cores.playground);
  const guard = connectGuard(playground, {});
  await playground.counts();
  const sweepIn = (minutes: number) => measured(connectGuard({ ...playground, now: playground.now + minutes * MINUTE_MS }, {}), playground);
  const first = await measured(guard, playground);
  await markAllAsTold(playground);
  // The sweep after the first one looks through the same events once more, and the next one has the index say what it saw.
  await sweepIn(5);
  await markAllAsTold(playground);
  await sweepIn(10);
  const idle = await sweepIn(15);
  playground.close();
  if (idle.slack > 0)
    throw new Error(`The idle sweep over ${deployments} deployments sent ${idle.slack} messages: it should have none to send.`);
  const most = BUDGETS.sweep[deployments];
  const verdicts = most === undefined ? [] : [atMost(`calls of an idle sweep over ${deployments} deployments`, idle.all, most)];
  return { deployments, first, idle, verdicts };
}

/** Leaves the records as they are once Slack has taken every message. */
async function markAllAsTold({ url, channel, now }: OpenPlayground): Promise<void> {
  const { records } = deskAt({ table: TABLES.guard, bus: BUS }, awsAt(url));
  const at = { in: channel, ts: "1707091200.000001" };
  for (const { key } of (await records.open()).filter((it) => !isStormKey(it.key))) {
    const before = (await records.read<DeploymentRecord>(key)) ?? newRecord(key);
    const standing = await readStanding({ record: before, view: before.seen }, records, now);
    const made = standing && dueOf({ ...before, posts: [] }, standing, undefined, channel).card?.post.made;
    await amendRecord(records, key, (record) => ({
      ...record,
      refresh: undefined,
      leases: undefined,
      posts: [
        { of: "card", ...at, made },
        ...record.facts.flatMap((fact) => [{ of: [fact.id], ...at, made: madeOf(record, [fact]) }, busPost(fact)]),
      ],
    }));
  }
}

async function measured({ clock, sweep }: BenchGuard, playground: OpenPlayground): Promise<Sweep> {
  const begun = performance.now();
  await clock.work(sweep);
  const ms = performance.now() - begun;
  const calls = await playground.counts();
  return { ms, rds: sum(calls, "rds"), dynamodb: sum(calls, "dynamodb"), slack: sum(calls, "slack"), calls, all: sum(calls) };
}
