import type { DurableContext } from "@aws/durable-execution-sdk-js";
import type { OperationRequest } from "../request.ts";
import type { Reason } from "../says/reasons.ts";
import type { Shown } from "../says/shown.ts";
import { hasRoom, OPERATIONS, pollSeconds, type Used, type WaitBudget, WEEK } from "./budget.ts";
import { delayAfter, type Look, type LookOptions, type LookState, lookOnce, NOT_LOOKED } from "./look.ts";
import { registerWait, type WaitRecords } from "./wake.ts";

/** How a wait ended. */
export interface Waited {
  /** Why it will never be done; absent if it is done. */
  broken?: Reason;
  /** What a person should know of how it is done. */
  said?: Reason;
}

/** What waits: an operation under way. */
export interface Waiting {
  context: DurableContext;
  requestId: string;
  /** What its waits have used so far. */
  used: Used;
}

/** What a wait needs from the outside. */
export interface WaitPorts {
  records: WaitRecords;
  /** Milliseconds since 1970. */
  now(): number;
  /** True if no event wakes it, since nobody hears of events: then it looks more often by itself. */
  isUnwatched?: boolean;
}

/** The options of a wait. */
export interface WaitOptions extends LookOptions {
  /**
   * Looks at what is waited for, of which nothing has moved for so many seconds, and which showed `shown` at the look before. `request` is
   * the operation's own: who writes to it later wakes the wait. Undefined if it is lost.
   */
  look(request: OperationRequest | undefined, unmovedSeconds: number, shown: Shown | undefined): Promise<Look>;
  /** How far apart looks may be if nobody wakes it; five minutes, for a week, if omitted. */
  budget?: WaitBudget;
}

// Where looks follow one another this closely, the next one rests a little: a storm of events costs a look every few seconds.
const CROWDED_MS = 5_000;
const REST = { seconds: 3 };
// A look that fails is one that found nothing: only a process that dies repeats its step.
const ONCE = { retryStrategy: () => ({ shouldRetry: false }) };

/**
 * Looks until it is done or never will be: at once, whenever somebody wakes it, and five minutes after a look at the latest.
 *
 * Each look comes after a new callback was written into the request: what happened before is seen by it, and what happens later can wake
 * it. A look that fails is repeated; after two hours of failures it is `broken`. Where AWS's limit of durable operations would else not
 * last for a look every five minutes to the end, it is not woken any more.
 */
export async function waitUntilDone(waiting: Waiting, name: string, options: WaitOptions, ports: WaitPorts): Promise<Waited> {
  const { context, used } = waiting;
  const { budget = WEEK } = options;
  let state = NOT_LOOKED;
  for (let count = 1; !ports.isUnwatched && hasRoom(used, budget); count += 1) {
    const before = state;
    const net = delayAfter(before, budget.netSeconds);
    const [woken, callback] = await context.createCallback(`${name} ${count} woken`, { timeout: { seconds: net } });
    state = await context.step(`${name} ${count}`, () => lookAt(before, budget.netSeconds, callback, waiting, options, ports), ONCE);
    used.operations += OPERATIONS.aLook;
    used.seconds += state.waited - before.waited;
    if (isOver(state)) return state;
    await pause(`${name} ${count}`, () => heard(woken), { net, before, state }, waiting, budget);
  }
  return poll(state, name, waiting, options, ports);
}

/** Looks without being woken, which takes one durable operation a look: as often as there are enough, or as is needed where nobody hears of events. */
async function poll(state: LookState, name: string, waiting: Waiting, options: WaitOptions, ports: WaitPorts): Promise<Waited> {
  const { context, used } = waiting;
  const { netSeconds } = options.budget ?? WEEK;
  const before = used.seconds;
  const mostAfter = ({ waited }: LookState) =>
    ports.isUnwatched ? Math.min(netSeconds, pollSeconds(waited, before + waited - state.waited)) : netSeconds;
  const last = await context.waitForCondition<LookState>(
    `${name} looks`,
    (it) => lookAt(it, mostAfter(it), undefined, waiting, options, ports),
    {
      initialState: state,
      waitStrategy: (it) => {
        if (isOver(it)) return { shouldContinue: false };
        return { shouldContinue: true, delay: { seconds: delayAfter(it, mostAfter(it)) } };
      },
    },
  );
  used.operations += OPERATIONS.aPoll * Math.ceil((last.waited - state.waited) / netSeconds + 1);
  used.seconds += last.waited - state.waited;
  return last;
}

const isOver = ({ done, broken }: LookState): boolean => done || broken !== undefined;

/** Whether somebody has woken it or the time is over makes no difference: it looks. */
const heard = (woken: Promise<unknown>): Promise<void> =>
  woken.then(
    () => undefined,
    () => undefined,
  );

async function lookAt(
  before: LookState,
  most: number,
  callback: string | undefined,
  { requestId }: Waiting,
  { look, ...options }: WaitOptions,
  { records, now }: WaitPorts,
): Promise<LookState> {
  const request = () => registerWait(requestId, callback, records);
  return lookOnce(before, now(), most, async (unmoved) => look(await request(), unmoved, before.shows), options);
}

/**
 * Pauses until the next look. Which of its ends came first changes nothing that follows, so that a replay, to which both have come, goes
 * the same way.
 */
async function pause(
  name: string,
  woken: () => Promise<void>,
  { net, before, state }: { net: number; before: LookState; state: LookState },
  { context, used }: Waiting,
  { netSeconds }: WaitBudget,
): Promise<void> {
  if (before.at !== undefined && (state.at ?? 0) - before.at < CROWDED_MS) {
    used.operations += OPERATIONS.aPause;
    await context.wait(`${name} rest`, REST);
  }
  const delay = delayAfter(state, netSeconds);
  if (delay >= net) return woken();
  used.operations += OPERATIONS.aPause;
  await Promise.race([context.wait(`${name} again`, { seconds: delay }), woken()]);
}
