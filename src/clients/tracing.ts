import type { LambdaTrace } from "../settings/lambda.ts";
import { lightFetch } from "./http.ts";
import { begin, fail, flushed, headerOf, inside, type Subsegment, send } from "./x-ray.ts";

/** A part of a trace: the calls made within `run` appear below it. */
export interface Span {
  /** May be called several times until the span has ended. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Adds annotations by which traces can be searched; leaves out undefined values. */
  note(details: Record<string, string | undefined>): void;
  end(error?: unknown): void;
}

/** The part of a trace that a call of AWS is. */
export interface CallPart {
  /** What the call says of the trace to AWS. */
  header: Record<string, string>;
  /** Makes the call, and ends the part. */
  run<T>(call: () => Promise<T>): Promise<T>;
}

/** Shows which calls belong together, and how long they took. */
export interface Tracing {
  /** Starts a part of the trace; several may be open at once. */
  span(name: string): Span;
  /** Starts the part of a call that is made without the SDK. */
  trace(service: string, operation: string): CallPart;
  /** Puts an SDK client's calls into the trace, and returns the same client. */
  equip<Client>(sdkClient: Client): Client;
  /** Makes Slack's calls, and traces them by host and path, without anything that they carry. */
  readonly fetch: typeof fetch;
  /** Resolves once all that has ended is sent. */
  flushed(): Promise<void>;
}

// X-Ray accepts 1,000 characters per annotation. Source: X-Ray developer guide, "Segment documents", annotations.
const LONGEST_NOTE = 1_000;

/** Creates tracing for AWS X-Ray, which does nothing outside Lambda, or where Lambda has not sampled the trace: docs/decisions/0009. */
export function createTracing({ trace: header, daemon }: LambdaTrace): Tracing {
  const span = (name: string) => spanOf(begin(header(), name), daemon);
  function trace(service: string, operation: string): CallPart {
    const part = begin(header(), service, { namespace: "aws", aws: { operation } });
    if (!part) return { header: {}, run: (call) => call() };
    return { header: { "x-amzn-trace-id": headerOf(part) }, run: (call) => toItsEnd(spanOf(part, daemon), call) };
  }
  return { span, trace, equip: (client) => equipped(client, trace), fetch: tracedFetch(span), flushed };
}

function spanOf(part: Subsegment | undefined, daemon: string): Span {
  if (!part) return UNTRACED;
  return {
    run: (work) => inside(part, work),
    note(details) {
      for (const [key, value] of Object.entries(details)) {
        if (value !== undefined) part.annotations = { ...part.annotations, [key]: value.slice(0, LONGEST_NOTE) };
      }
    },
    end(error) {
      if (error !== undefined) fail(part, error instanceof Error ? error : new Error(String(error)));
      send(part, daemon);
    },
  };
}

async function toItsEnd<T>(span: Span, call: () => Promise<T>): Promise<T> {
  try {
    const answer = await span.run(call);
    span.end();
    return answer;
  } catch (error) {
    span.end(error);
    throw error;
  }
}

/** What every SDK client has, as far as its calls are concerned. */
interface Traceable {
  config: { serviceId: string };
  middlewareStack: {
    add(
      middleware: <Args, Output>(
        next: (args: Args) => Promise<Output>,
        context: { commandName?: string },
      ) => (args: Args) => Promise<Output>,
      options: { step: "build"; name: string },
    ): void;
  };
}

function equipped<Client>(sdkClient: Client, trace: Tracing["trace"]): Client {
  const { config, middlewareStack } = sdkClient as Traceable;
  middlewareStack.add(
    (next, { commandName = "" }) =>
      (args) => {
        const part = trace(config.serviceId, commandName.replace(/Command$/, ""));
        Object.assign((args as { request: { headers: Record<string, string> } }).request.headers, part.header);
        return part.run(() => next(args));
      },
    { step: "build", name: "trace" },
  );
  return sdkClient;
}

function tracedFetch(start: Tracing["span"]): typeof fetch {
  return (input, init) => {
    const { hostname, pathname } = new URL(String(input));
    const span = start(`${hostname}${pathname}`);
    return toItsEnd(span, async () => {
      const answer = await lightFetch(input, init);
      span.note({ status: String(answer.status) });
      return answer;
    });
  };
}

const UNTRACED: Span = { run: (work) => work(), note() {}, end() {} };
