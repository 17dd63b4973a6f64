import type { Json } from "./messages.ts";

/**
 * A way in which Slack, or the way to it, fails.
 *
 * - `rate-limited`: HTTP 429, with Retry-After only where `retryAfterSeconds` is given.
 * - `error`: HTTP 200 with `{ok: false, error}`, for example `ratelimited` or `internal_error`; `missing_scope` names scopes, too.
 * - `http`: this HTTP status with a page that is no JSON.
 * - `hang`: no answer until the client or the server closes the connection; `reset`: the connection is destroyed before an answer.
 *   With `accepted` the call takes effect first: the message stands in the channel and the caller does not know.
 */
export type Fault =
  | { kind: "rate-limited"; retryAfterSeconds?: number }
  | { kind: "error"; error: string; needed?: string; provided?: string }
  | { kind: "http"; status: number }
  | { kind: "hang" | "reset"; accepted?: boolean };

/** The "method" under which answers to a `response_url` are made to fail: a host of its own, so that no outage of the Web API is one of it. */
export const RESPONSE_URL = "response_url";

/** What went back over the wire; `body` with `hang` or `reset` is what the caller never got to read. */
export interface LabAnswer {
  readonly status: number | "hang" | "reset";
  readonly retryAfterSeconds?: number;
  readonly body?: Json;
}

interface Planned {
  readonly fault: Fault;
  readonly method: string | undefined;
  readonly about: string | undefined;
  times: number;
}

/** The faults that await the lab's Slack. Planned faults go first, in the order they were planned, then outages. */
export class SlackFaults {
  #planned: Planned[] = [];
  #outages: { from: number; to: number; fault: Fault }[] = [];

  /** Makes the next `times` calls (default 1) fail, only those of `method`, or about the message `about` (its ts), if that is given. */
  next(fault: Fault, { method, about, times = 1 }: { times?: number; method?: string; about?: string } = {}): void {
    this.#planned.push({ fault, method, about, times });
  }

  /** Makes every call fail from lab time `from` until before `to` (milliseconds since 1970), with HTTP 503 unless stated otherwise. */
  down(from: number, to: number, fault: Fault = { kind: "http", status: 503 }): void {
    this.#outages.push({ from, to, fault });
  }

  /** Forgets all planned faults and outages. */
  clear(): void {
    this.#planned = [];
    this.#outages = [];
  }

  /** The fault of a call at this lab time, with its arguments; a planned one is used up. */
  take(method: string, now: number, { ts, thread_ts }: Json = {}): Fault | undefined {
    const isOwn = method === RESPONSE_URL;
    const isAbout = (about: string | undefined) => about === undefined || about === (ts ?? thread_ts);
    const planned = this.#planned.find(
      (each) => each.times > 0 && isAbout(each.about) && (each.method ?? (isOwn ? undefined : method)) === method,
    );
    if (isOwn && !planned) return undefined;
    if (!planned) return this.#outages.find(({ from, to }) => from <= now && now < to)?.fault;
    planned.times -= 1;
    return planned.fault;
  }
}

/** What goes over the wire for a fault; `accepted` is the answer that the call would have had. */
export function faultAnswer(fault: Fault, accepted?: LabAnswer): LabAnswer {
  switch (fault.kind) {
    case "rate-limited":
      return { status: 429, retryAfterSeconds: fault.retryAfterSeconds, body: { ok: false, error: "ratelimited" } };
    case "error": {
      const { kind: _, ...body } = fault;
      return { status: 200, body: { ok: false, ...body } };
    }
    case "http":
      return { status: fault.status };
    default:
      return { status: fault.kind, body: accepted?.body };
  }
}
