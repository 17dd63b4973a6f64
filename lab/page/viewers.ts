import type { FeedItem } from "./views.ts";

const MOST_UNREAD_BYTES = 16 * 1024 * 1024;
const RETRY_MS = 1_000;
const encoder = new TextEncoder();

type Stream = ReadableStreamDefaultController<Uint8Array>;

/** Everybody who is watching the page now, each through a stream of server-sent events. */
export class Viewers {
  readonly #streams = new Set<Stream>();

  get count(): number {
    return this.#streams.size;
  }

  /** Opens a stream for one more viewer, which starts with `first` and ends when the viewer leaves. */
  add(first: FeedItem): ReadableStream<Uint8Array> {
    let own: Stream | undefined;
    return new ReadableStream<Uint8Array>(
      {
        start: (stream) => {
          own = stream;
          stream.enqueue(encoder.encode(`retry: ${RETRY_MS}\n`));
          stream.enqueue(encoded(first));
          this.#streams.add(stream);
        },
        cancel: () => void (own && this.#streams.delete(own)),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: MOST_UNREAD_BYTES }),
    );
  }

  send(item: FeedItem): void {
    const bytes = encoded(item);
    for (const stream of [...this.#streams]) {
      // A viewer who has stopped reading is dropped: a browser reconnects and gets everything again.
      if ((stream.desiredSize ?? 0) <= 0) this.#end(stream);
      else stream.enqueue(bytes);
    }
  }

  close(): void {
    for (const stream of [...this.#streams]) this.#end(stream);
  }

  #end(stream: Stream): void {
    this.#streams.delete(stream);
    stream.close();
  }
}

function encoded({ event, data }: FeedItem): Uint8Array {
  return encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
