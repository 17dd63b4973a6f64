import type { Span, Tracing } from "../clients/tracing.ts";

/** Runs `work` as a part of the trace that ends with it. */
export async function inSpan<T>({ span }: Pick<Tracing, "span">, name: string, work: (span: Span) => Promise<T>): Promise<T> {
  const opened = span(name);
  try {
    const result = await opened.run(() => work(opened));
    opened.end();
    return result;
  } catch (error) {
    opened.end(error);
    throw error;
  }
}
