import type { Cores } from "../cores.ts";
import { type Counts, tally } from "../counts.ts";
import { usage } from "../parts.ts";
import { replayer } from "../replay.ts";
import { kindOf, type WireCall } from "../wire.ts";
import { connectRecreateGuard } from "./guard.ts";
import { type OpenRuinedPlayground, openRuinedPlayground } from "./playground.ts";
import { type GuardShare, shareOf } from "./share.ts";

/** The most that the guard may add to AWS's time, as a share of it, whenever AWS is done. */
export const BUDGET = 0.01;

/** One recreation, with a creation of a given length. */
export interface RecreateResult extends GuardShare {
  withinBudget: boolean;
  budget: number;
  /** Minutes from the creation to green that is ready. */
  minutes: number;
  /** Looks at what RDS does: until all of green is gone, and until the new one is built. */
  polls: { gone: number; built: number };
  /** Durable operations as the local engine meters them: a look is two, one as it begins and one as the next is put off. */
  operations: number;
  /** How often the function was invoked. */
  invocations: number;
  /** Bytes that the workflow wrote: in all, in the biggest write, and what an invocation is given at the end. */
  bytes: { written: number; largest: number; state: number };
  calls: Counts;
  /** Seconds of the core, those of the engine that plays Lambda included, and of the same calls through bare clients. */
  cpu: { seconds: number; floorSeconds: number; ratio: number };
}

// Calls that would be refused the second time.
const ONCE_ONLY = ["DeleteBlueGreenDeployment", "CreateBlueGreenDeployment"];

/** Recreates a ruined deployment whose new green takes `minutes`, as long as the recorded one if left out. */
export async function measureRecreate({ minutes }: { minutes?: number }, cores: Cores): Promise<RecreateResult> {
  const playground = await openRuinedPlayground(minutes, cores.playground);
  const calls: WireCall[] = [];
  const guard = await connectRecreateGuard(playground, (call) => calls.push(call));
  calls.splice(0);
  const before = usage();
  const execution = await guard.recreate();
  const seconds = usage().cpuSeconds - before.cpuSeconds;
  const share = shareOf(await playground.timeline(), execution);
  const floorSeconds = await makeAgain(calls, playground);
  playground.close();
  const attempts = (name: string) => execution.operations.find(({ Name }) => Name === name)?.StepDetails?.Attempt ?? 0;
  const { bytes: written, largest } = guard.checkpoints;
  return {
    ...share,
    minutes: Math.round(share.aws.creation / 60),
    budget: BUDGET,
    withinBudget: share.worstShare < BUDGET,
    polls: { gone: attempts("gone"), built: attempts("built") },
    operations: execution.metered,
    invocations: execution.invocations,
    bytes: { written, largest, state: Buffer.byteLength(JSON.stringify(execution.operations)) },
    calls: tally(calls.map(kindOf)),
    cpu: { seconds, floorSeconds, ratio: seconds / floorSeconds },
  };
}

/** The seconds of the core that the same calls take through bare clients, one after the other. */
async function makeAgain(calls: readonly WireCall[], { url }: OpenRuinedPlayground): Promise<number> {
  const prepare = replayer(url);
  const all = calls.filter(({ action }) => !ONCE_ONLY.includes(action)).map(prepare);
  const before = usage();
  // A call that is refused by now costs as much as one that is not.
  for (const call of all) await call().catch(() => undefined);
  return usage().cpuSeconds - before.cpuSeconds;
}
