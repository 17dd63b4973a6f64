import type { SignalId } from "../../../rules/signal-id.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Advice } from "../../advice-shape.ts";
import type { Form } from "../../form.ts";
import { MEANINGS } from "../signals.ts";
import { building } from "./building.ts";
import { CALL_ADVICE } from "./called.ts";
import { EVENT_ADVICE } from "./events.ts";
import { OBSERVED_ADVICE } from "./observed.ts";
import { OPERATED_ADVICE } from "./operated.ts";

const ADVICE: Readonly<Record<SignalId, (entry: ThreadEntry, as: Form) => Advice>> = {
  ...EVENT_ADVICE,
  ...OBSERVED_ADVICE,
  ...OPERATED_ADVICE,
  ...CALL_ADVICE,
};

// Another version of the guard may have written down a signal that this one does not know.
const knownSignal = (signal: SignalId): SignalId => (Object.hasOwn(ADVICE, signal) ? signal : "other-deployment-event");

/** The words for a fact, or for the steps of building green that one entry tells. */
export const advice = (entry: ThreadEntry, as: Form): Advice =>
  entry.steps ? building(entry.steps, as) : ADVICE[knownSignal(entry.signal)](entry, as);

/** What a signal means, in one sentence. */
export const meaningOf = (signal: SignalId): string => MEANINGS[knownSignal(signal)];
