import { bundleFolder } from "../../infra/bundle-folder.ts";
import { makeBundles } from "../../infra/bundles.ts";
import { atMost, BUDGETS, type Verdict } from "../budgets.ts";
import type { Latencies, SeenCall } from "../call-log.ts";
import type { Cores } from "../cores.ts";
import { type Counts, tally } from "../counts.ts";
import { inPart } from "../parts.ts";
import { AWS_LATENCIES, type OpenPlayground, openPlayground, TABLES } from "../playground.ts";
import { startProcess } from "../processes.ts";
import { ddlBody, nextBody, sqsRecord } from "../rds-events.ts";
import { median, percentile } from "../statistics.ts";
import { watchEnvironment } from "../watch-environment.ts";
import { type LeastInput, type LeastResult, leastOf } from "./least.ts";
import { levelsOf } from "./levels.ts";
import { type TableState, tableState } from "./table-state.ts";
import type { Handled } from "./warm-process.ts";

/** How many events are measured: for processor time, and with latencies; and how many are told before. */
export interface WarmOptions {
  warmUps: number;
  events: number;
  delayed: number;
}

/** One DDL event through the warm bundle of the watch function: its deployment has a card, and the channel is free. */
export interface WarmResult {
  /** The calls of an event. */
  calls: Counts;
  /** The calls that follow each other: those of a level begin once one of the level before has ended. */
  levels: string[][];
  /** Bytes of all requests and answers, with their headers. */
  bytes: number;
  writeUnits: number;
  /** Until Slack has taken the message that is the alert, while calls take as long as in AWS. */
  alertMs: { median: number; p95: number };
  latencies: Latencies;
  cpuMs: { median: number; p95: number };
  /** The least calls that any design needs, through node:http alone. */
  least: LeastResult & { calls: number; depth: number };
  verdicts: Verdict[];
}

// A deployment or a few is what an account has; its listing is one page.
const DEPLOYMENTS = 3;
const STEP_MS = 50;
const STEPPED = 5;
const ALL_AS_LONG = Object.fromEntries(Object.keys(AWS_LATENCIES).map((service) => [service, STEP_MS]));

/** Passes the bundle the same event again and again, each time with the table as it was before. */
export async function measureWarm({ warmUps, events, delayed }: WarmOptions, cores: Cores): Promise<WarmResult> {
  await makeBundles();
  const playground = await openPlayground(DEPLOYMENTS, cores.playground);
  await playground.watchClosely();
  const guard = await openGuard(playground, cores.measured);
  for (let index = 0; index < warmUps; index += 1) await guard.tellOfDdl({});
  const quick = await timesOver(events, () => guard.tellOfDdl({}));
  const stepped = await timesOver(Math.min(STEPPED, delayed), () => guard.tellOfDdl(ALL_AS_LONG));
  const asInAws = await timesOver(delayed, () => guard.tellOfDdl(AWS_LATENCIES));
  await guard.end();
  const calls = typicalOf(stepped.map((it) => it.calls));
  const least = await measureFloor(leastOf(calls), playground, { events, warmUps, delayed }, cores);
  playground.close();
  const levels = levelsOf(calls).map((level) => level.map(nameOf).toSorted());
  const result = {
    calls: tally(calls.map(kindOf)),
    levels,
    bytes: sumOf(calls, "bytes"),
    writeUnits: sumOf(calls, "writeUnits"),
    alertMs: bothOf(asInAws.map(alertMsOf)),
    latencies: AWS_LATENCIES,
    cpuMs: bothOf(quick.map(({ handled }) => handled.cpuMs)),
    least,
  };
  return { ...result, verdicts: verdictsOn(result, calls.length) };
}

/**
 * The calls of one event: of as many as most, those of fewest levels. All events make the same calls, unless one is made a second time; and a
 * machine that is slow for a moment can only make calls that belong together look as if one followed the other.
 */
function typicalOf(events: readonly SeenCall[][]): SeenCall[] {
  const usual = median(events.map(({ length }) => length));
  const [typical = []] = events.filter(({ length }) => length === usual).toSorted((a, b) => levelsOf(a).length - levelsOf(b).length);
  return typical;
}

function verdictsOn({ levels, alertMs, cpuMs }: Pick<WarmResult, "levels" | "alertMs" | "cpuMs">, calls: number): Verdict[] {
  const budget = BUDGETS.event;
  return [
    atMost("calls of a DDL event", calls, budget.calls),
    atMost("calls of a DDL event one after the other", levels.length, budget.depth),
    atMost("seconds until the alert stands in the channel", alertMs.median / 1_000, budget.alertSeconds),
    atMost("ms of CPU for a warm event", cpuMs.median, budget.cpuMs),
  ];
}

/** A told event, and the calls for it. */
interface Told {
  handled: Handled;
  calls: SeenCall[];
}

/** The bundle in a process of its own, in a playground whose deployments each have a card. */
async function openGuard(playground: OpenPlayground, cpu: number | undefined) {
  const bundle = `${bundleFolder("watch")}index.mjs`;
  const process = startProcess("warm/warm-process.ts", [bundle], cpu, watchEnvironment(playground, TABLES.guard));
  await process.next();
  async function tell(body: string): Promise<Handled> {
    process.send({ Records: [sqsRecord(body, "message-0", 1)] });
    return (await process.next()) as Handled;
  }
  for (const deployment of playground.deployments) await tell(nextBody(deployment, 0, playground.now));
  const state: TableState = await tableState(playground.url, TABLES.guard);
  const [deployment] = playground.deployments;
  if (!deployment) throw new Error("The warm handler needs a deployment to tell of: open the playground with at least one.");
  return {
    /** Tells of DDL on a deployment that was ready; the channel's last message is longer ago than Slack's pace asks for. */
    async tellOfDdl(latencies: Latencies): Promise<Told> {
      await playground.delay({});
      await state.restore();
      await playground.delay(latencies);
      await playground.calls();
      const handled = await tell(ddlBody(deployment, 3, playground.now));
      return { handled, calls: await playground.calls() };
    },
    end: () => process.end(),
  };
}

async function measureFloor(
  levels: LeastInput["levels"],
  playground: OpenPlayground,
  { events, warmUps, delayed }: WarmOptions,
  cores: Cores,
): Promise<WarmResult["least"]> {
  const input = { url: playground.url, levels, alertLevel: 1 };
  await playground.delay({});
  const { cpuMs } = (await inPart("least", { ...input, events, warmUps }, cores)) as LeastResult;
  await playground.delay(AWS_LATENCIES);
  const { alertMs } = (await inPart("least", { ...input, events: delayed, warmUps: 1 }, cores)) as LeastResult;
  return { alertMs, cpuMs, calls: levels.flat().length, depth: levels.length };
}

function alertMsOf({ handled, calls }: Told): number {
  const alert = calls.find(({ action }) => action === "chat.postMessage");
  if (!alert) throw new Error("The warm handler posted no message for a DDL event: there is no alert to wait for.");
  return alert.ended - handled.begun;
}

async function timesOver<T>(count: number, run: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let index = 0; index < count; index += 1) all.push(await run());
  return all;
}

const kindOf = ({ service, action }: SeenCall): string => `${service} ${action}`;
const nameOf = (call: SeenCall): string => (call.item === undefined ? kindOf(call) : `${kindOf(call)} (${call.item})`);
const sumOf = (calls: readonly SeenCall[], key: "bytes" | "writeUnits"): number => calls.reduce((sum, it) => sum + it[key], 0);
const bothOf = (values: readonly number[]) => ({ median: median(values), p95: percentile(values, 0.95) });
