import { Tracer } from "@aws-lambda-powertools/tracer";

/** A part of a trace: the calls made within `run` appear below it. */
export interface Span {
  /** May be called several times until the span has ended. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Adds what the trace can be searched by; what is undefined is left out. */
  note(details: Record<string, string | undefined>): void;
  end(error?: unknown): void;
}

/** What shows which calls belong to what, and how long they took. */
export interface Tracing {
  /** Begins a part of the trace; several may be open at once. */
  span(name: string): Span;
  /** Puts an SDK client's calls into the trace, and answers the same client. */
  client<Client>(sdkClient: Client): Client;
  /** The global fetch, whose calls are in the trace by host and path, without anything that they carry. */
  readonly fetch: typeof fetch;
}

// X-Ray takes 1,000 characters of an annotation. Source: X-Ray developer guide, "Segment documents", annotations.
const LONGEST_NOTE = 1_000;

/**
 * Makes a tracing for AWS X-Ray, which does nothing outside Lambda.
 *
 * Powertools can capture every fetch, but looks for the span again when the answer comes, where it may find another one's.
 */
export function createTracing(): Tracing {
  const tracer = new Tracer({ captureHTTPsRequests: false });
  function span(name: string): Span {
    const part = tracer.isTracingEnabled() ? tracer.getSegment()?.addNewSubsegment(name) : undefined;
    if (!part) return UNTRACED;
    return {
      run: (work) =>
        tracer.provider.getNamespace().runAndReturn(() => {
          tracer.setSegment(part);
          return work();
        }),
      note(details) {
        for (const [key, value] of Object.entries(details)) {
          if (value !== undefined) part.addAnnotation(key, value.slice(0, LONGEST_NOTE));
        }
      },
      end(error) {
        if (error !== undefined) part.addError(error instanceof Error ? error : String(error));
        part.close();
      },
    };
  }
  return { span, client: (sdkClient) => tracer.captureAWSv3Client(sdkClient), fetch: tracedFetch(span) };
}

function tracedFetch(span: Tracing["span"]): typeof fetch {
  return async (input, init) => {
    const { hostname, pathname } = new URL(input instanceof Request ? input.url : input);
    const part = span(`${hostname}${pathname}`);
    try {
      const answer = await part.run(() => fetch(input, init));
      part.note({ status: String(answer.status) });
      part.end();
      return answer;
    } catch (error) {
      part.end(error);
      throw error;
    }
  };
}

const UNTRACED: Span = { run: (work) => work(), note() {}, end() {} };
