import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeBlueGreenDeploymentsCommand } from "@aws-sdk/client-rds";
import { routeOf } from "../../local/bus.ts";
import { VirtualClock } from "../../local/clock.ts";
import { ACCOUNT, REGION } from "../../local/queue/names.ts";
import type { Log } from "../../src/clients/telemetry.ts";
import type { RouteName } from "../../src/rules/routes.ts";
import type { Taken } from "../../src/telling/filing.ts";
import { type Lab, openLab } from "../lab.ts";
import type { MessageChange } from "../slack/messages.ts";
import type { SavedEvent } from "./saved-event.ts";
import { isObject } from "./saved-values.ts";
import { type Stood, standAll } from "./stand.ts";

/** What became of one event. */
export interface Replayed {
  event: SavedEvent;
  route?: RouteName;
  /** What the watch handler made of it; absent if no route took it or the handler failed. */
  taken?: Taken;
  /** The changes in Slack that it caused, in order. */
  changes: MessageChange[];
}

/** What a replay needs. */
export interface ReplayOptions {
  events: readonly SavedEvent[];
  /** Puts the deployments there. */
  seed(lab: Lab): void;
  onReplayed(replayed: Replayed): void;
  /** What one sweep changed in Slack, where there are no events: then the deployments alone are looked at. */
  onLooked(changes: MessageChange[]): void;
  /** How each deployment stands in the end; if omitted, nobody asks. */
  onStood?(stood: Stood): void;
  /** What went wrong with an event, each problem once, however often the guard tried. */
  onError(event: SavedEvent, message: string): void;
}

// Slack's timestamps, in microseconds, are exact numbers only in these years.
const EARLIEST = 0;
const LATEST = Date.parse("2200-01-01T00:00:00Z");

/**
 * Passes saved events to the guard one after the other, each at its own time, in a lab that it opens, closes and removes without trace.
 *
 * Where there are none, one sweep looks at the deployments. Returns how many events the guard could not handle.
 */
export async function replay({ events, seed, onReplayed, onLooked, onStood, onError }: ReplayOptions): Promise<number> {
  const times = events.map(({ at }) => at && Math.min(Math.max(at, EARLIEST), LATEST));
  const clock = new VirtualClock(times.find((at) => at !== undefined) ?? EARLIEST);
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-replay-"));
  const stopWatching = onExit(() => rmSync(folder, { recursive: true, force: true }));
  const said = new Listener();
  let lab: Lab | undefined;
  try {
    lab = await openLab({ clock, port: 0, folder, log: said });
    seed(lab);
    // CloudWatch's values are not in the files.
    lab.cloudwatch.noData(true);
    if (events.length === 0) onLooked(await look(lab, clock));
    let refused = 0;
    for (const [index, event] of events.entries()) {
      said.clear();
      await clock.work(() => clock.until(times[index] ?? EARLIEST));
      const { changes, refusal } = await tell(lab, event);
      if (refusal !== undefined) refused += 1;
      for (const message of refusal === undefined ? said.errors : [refusal]) onError(event, message);
      onReplayed({ event, route: routeOf(event.envelope), taken: said.taken, changes });
    }
    if (onStood) for (const stood of await standAll(lab, clock.now())) onStood(stood);
    return lab.queue.deadLetters.all().length + refused;
  } finally {
    await lab?.close();
    await rm(folder, { recursive: true, force: true });
    stopWatching();
  }
}

/** Sweeps once, as if right after the newest deployment was created: nothing else says when the files were saved. */
async function look(lab: Lab, clock: VirtualClock): Promise<MessageChange[]> {
  const { BlueGreenDeployments = [] } = await lab.aws.send(new DescribeBlueGreenDeploymentsCommand({}));
  const newest = Math.max(EARLIEST, ...BlueGreenDeployments.map(({ CreateTime }) => CreateTime?.getTime() ?? EARLIEST));
  await clock.work(() => clock.until(Math.min(newest, LATEST)));
  return changesDuring(lab, () => clock.work(() => lab.sweep()));
}

/** Passes one event and waits until it is dealt with; the queue refuses one that is too large. */
async function tell(lab: Lab, event: SavedEvent): Promise<{ changes: MessageChange[]; refusal?: string }> {
  let refusal: string | undefined;
  const changes = await changesDuring(lab, async () => {
    try {
      await lab.give(atHome(event.envelope));
      await lab.settled();
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
    }
  });
  return { changes, refusal };
}

/** The same event of the lab's account and Region, wherever it was saved: its deployments are moved there, too. */
function atHome(envelope: unknown): unknown {
  if (!isObject(envelope)) return envelope;
  const moved = (arn: unknown): unknown => (typeof arn === "string" ? ownArn(arn) : arn);
  const { resources, detail } = envelope;
  return {
    ...envelope,
    account: ACCOUNT,
    region: REGION,
    ...(Array.isArray(resources) && { resources: resources.map(moved) }),
    ...(isObject(detail) && { detail: { ...detail, ...("SourceArn" in detail && { SourceArn: moved(detail["SourceArn"]) }) } }),
  };
}

const ownArn = (arn: string): string => arn.replace(/^arn:([^:]*):rds:[^:]*:[^:]*:/, `arn:$1:rds:${REGION}:${ACCOUNT}:`);

/** What changes in Slack meanwhile. */
async function changesDuring(lab: Lab, work: () => Promise<void>): Promise<MessageChange[]> {
  const changes: MessageChange[] = [];
  const stopListening = lab.slack.onMessage((change) => changes.push(change));
  await work().finally(stopListening);
  return changes;
}

/** Hears what the guard says of one event. */
class Listener implements Log {
  taken?: Taken;
  readonly errors = new Set<string>();

  clear(): void {
    this.taken = undefined;
    this.errors.clear();
  }

  info(_message: string, details: Record<string, unknown>): void {
    this.taken = (details["taken"] as Taken | undefined) ?? this.taken;
  }

  error(message: string): void {
    this.errors.add(message);
  }
}

/** Cleans up if the process ends early, including by a signal; returns a function that cancels this. */
function onExit(cleanUp: () => void): () => void {
  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  const listeners = Object.entries(signals).map(([signal, code]) => ({ signal, listener: () => process.exit(code) }));
  for (const { signal, listener } of listeners) process.once(signal, listener);
  process.once("exit", cleanUp);
  return () => {
    for (const { signal, listener } of listeners) process.off(signal, listener);
    process.off("exit", cleanUp);
  };
}
