import { Tracer } from "@aws-lambda-powertools/tracer";

/** A part of a trace: the calls made within `run` appear below it. */
export interface Span {
  /** May be called several times until the span has ended. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Adds annotations by which traces can be searched; leaves out undefined values. */
  note(details: Record<string, string | undefined>): void;
  end(error?: unknown): void;
}

/** Shows which calls belong together, and how long they took. */
export interface Tracing {
  /** Starts a part of the trace; several may be open at once. */
  span(name: string): Span;
  /** Puts an SDK client's calls into the trace, and returns the same client. */
  client<Client>(sdkClient: Client): Client;
  /** The global fetch, which traces its calls by host and path, without anything that they carry. */
  readonly fetch: typeof fetch;
}

// X-Ray accepts 1,000 characters per annotation. Source: X-Ray developer guide, "Segment documents", annotations.
const LONGEST_NOTE = 1_000;

/**
 * Creates tracing for AWS X-Ray, which does nothing outside Lambda.
 *
 * Powertools can capture every fetch, but looks up the span again when the answer arrives, and may then find another call's.
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
