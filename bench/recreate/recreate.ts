import type { Cores } from "../cores.ts";
import { type Counts, sum, tally } from "../counts.ts";
import { usage } from "../parts.ts";
import { replayer } from "../replay.ts";
import { kindOf, type WireCall } from "../wire.ts";
import { connectRecreateGuard } from "./guard.ts";
import { type OpenRuinedPlayground, openRuinedPlayground } from "./playground.ts";
import { type GuardShare, shareOf } from "./share.ts";

/** The most that the guard may add to AWS's time, as a share of it, and the most calls that a recreation like the recorded one may cost. */
export const BUDGETS = { share: 0.003, calls: 150 };

/** One recreation, with a creation of a given length. */
export interface RecreateResult extends GuardShare {
  withinBudget: boolean;
  /** `calls` is absent for a creation of another length than the recorded one, which takes more looks the longer it is. */
  budget: { share: number; calls?: number };
  /** Minutes from the creation to green that is ready. */
  minutes: number;
  /** Looks at what RDS does: until all of green is gone, and until the new one is built. */
  polls: { gone: number; built: number };
  /** Durable operations as the local engine meters them: a look is two, its callback and its step. */
  operations: number;
  /** How often the function was invoked, and how often it called Lambda for a checkpoint. */
  invocations: number;
  checkpoints: number;
  /** Bytes that the workflow wrote: in all, in the biggest write, and what an invocation is given at the end. */
  bytes: { written: number; largest: number; state: number };
  /** Of the recreate function, and of the watch function to wake it; Lambda's own checkpoints are not among them. */
  calls: Counts;
  /** Those of the watch function besides, which it makes for the same events without a recreation. */
  watched: number;
  /** Seconds of the core, those of the watch function and of the engine that plays Lambda included, and of the same calls through bare clients. */
  cpu: { seconds: number; floorSeconds: number; ratio: number };
}

// Calls that would be refused the second time.
const ONCE_ONLY = ["DeleteBlueGreenDeployment", "CreateBlueGreenDeployment"];

/** Recreates a ruined deployment whose new green takes `minutes`, as long as the recorded one if left out. */
export async function measureRecreate({ minutes }: { minutes?: number }, cores: Cores): Promise<RecreateResult> {
  const playground = await openRuinedPlayground(minutes, cores.playground);
  const calls: WireCall[] = [];
  const watched: WireCall[] = [];
  const guard = await connectRecreateGuard(playground, { operation: (call) => calls.push(call), watch: (call) => watched.push(call) });
  calls.splice(0);
  const before = usage();
  const execution = await guard.recreate();
  const seconds = usage().cpuSeconds - before.cpuSeconds;
  const share = shareOf(await playground.timeline(), execution);
  const floorSeconds = await makeAgain([...calls, ...watched], playground);
  playground.close();
  const looks = (name: string) => execution.operations.filter(({ Name = "" }) => new RegExp(`^${name} \\d+$`).test(Name)).length;
  const counts = tally(calls.map(kindOf));
  const budget = { share: BUDGETS.share, ...(minutes === undefined && { calls: BUDGETS.calls }) };
  const { bytes: written, largest } = guard.checkpoints;
  return {
    ...share,
    minutes: Math.round(share.aws.creation / 60),
    budget,
    withinBudget: share.share <= budget.share && sum(counts) <= (budget.calls ?? Number.POSITIVE_INFINITY),
    polls: { gone: looks("gone"), built: looks("built") },
    operations: execution.metered,
    invocations: execution.invocations,
    checkpoints: execution.checkpoints,
    bytes: { written, largest, state: Buffer.byteLength(JSON.stringify(execution.operations)) },
    calls: counts,
    watched: watched.length,
    cpu: { seconds, floorSeconds, ratio: seconds / floorSeconds },
  };
}

/** The seconds of the core that the same calls take through bare clients, one after the other. */
async function makeAgain(calls: readonly WireCall[], { url }: OpenRuinedPlayground): Promise<number> {
  const prepare = replayer(url);
  const all = calls.filter(({ action, service }) => !ONCE_ONLY.includes(action) && service !== "lambda").map(prepare);
  const before = usage();
  // A call that is refused by now costs as much as one that is not.
  for (const call of all) await call().catch(() => undefined);
  return usage().cpuSeconds - before.cpuSeconds;
}
