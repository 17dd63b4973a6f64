import { atMost, BUDGETS, type Verdict } from "../budgets.ts";
import type { Cores } from "../cores.ts";
import { type Counts, sum, tally } from "../counts.ts";
import { usage } from "../parts.ts";
import { kindOf, type WireCall } from "../wire.ts";
import { connectRecreateGuard } from "./guard.ts";
import { openRuinedPlayground } from "./playground.ts";
import { type GuardShare, shareOf } from "./share.ts";

/** One recreation, with a creation of a given length. */
export interface RecreateResult extends GuardShare {
  /** Calls have a budget only with a creation as long as the recorded one: a longer one takes more looks. */
  verdicts: Verdict[];
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
  /** Seconds of the core, those of the watch function and of the engine that plays Lambda included. */
  cpuSeconds: number;
}

/** Recreates a ruined deployment whose new green takes `minutes`, as long as the recorded one if left out. */
export async function measureRecreate({ minutes }: { minutes?: number }, cores: Cores): Promise<RecreateResult> {
  const playground = await openRuinedPlayground(minutes, cores.playground);
  const calls: WireCall[] = [];
  const watched: WireCall[] = [];
  const guard = await connectRecreateGuard(playground, { operation: (call) => calls.push(call), watch: (call) => watched.push(call) });
  calls.splice(0);
  const before = usage();
  const execution = await guard.recreate();
  const cpuSeconds = usage().cpuSeconds - before.cpuSeconds;
  const share = shareOf(await playground.timeline(), execution);
  playground.close();
  const looks = (name: string) => execution.operations.filter(({ Name = "" }) => new RegExp(`^${name} \\d+$`).test(Name)).length;
  const counts = tally(calls.map(kindOf));
  const { share: most, calls: mostCalls } = BUDGETS.recreate;
  const lasting = `a recreation of ${Math.round(share.aws.creation / 60)} minutes' creation`;
  const { bytes: written, largest } = guard.checkpoints;
  return {
    ...share,
    minutes: Math.round(share.aws.creation / 60),
    verdicts: [
      atMost(`% of AWS's time, for ${lasting}`, 100 * share.share, 100 * most),
      ...(minutes === undefined ? [atMost(`calls of ${lasting}`, sum(counts), mostCalls)] : []),
    ],
    polls: { gone: looks("gone"), built: looks("built") },
    operations: execution.metered,
    invocations: execution.invocations,
    checkpoints: execution.checkpoints,
    bytes: { written, largest, state: Buffer.byteLength(JSON.stringify(execution.operations)) },
    calls: counts,
    watched: watched.length,
    cpuSeconds,
  };
}
