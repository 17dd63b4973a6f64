import { onTestFinished } from "vitest";
import type { FeedItem } from "../../../../lab/page/views.ts";

type Data<Name extends FeedItem["event"]> = Extract<FeedItem, { event: Name }>["data"];

/** A viewer, as a browser's EventSource would be one. */
export class Viewer {
  readonly items: FeedItem[] = [];
  readonly #reader: ReadableStreamDefaultReader<string>;
  #unread = "";

  constructor(response: Response) {
    if (!response.body) throw new Error("The feed has no body.");
    this.#reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    onTestFinished(() => this.leave());
  }

  /** The data of the next item of that name that `fits`; rejects where the stream ends before. */
  async next<Name extends FeedItem["event"]>(event: Name, fits: (data: Data<Name>) => boolean = () => true): Promise<Data<Name>> {
    for (;;) {
      const item = await this.#item();
      if (!item) throw new Error(`The feed ended without "${event}".`);
      if (item.event === event && fits(item.data as Data<Name>)) return item.data as Data<Name>;
    }
  }

  /** Resolves once the lab ends the stream. */
  async end(): Promise<void> {
    while (await this.#item());
  }

  leave(): Promise<void> {
    return this.#reader.cancel();
  }

  async #item(): Promise<FeedItem | undefined> {
    while (!this.#unread.includes("\n\n")) {
      const { value, done } = await this.#reader.read();
      if (done) return undefined;
      this.#unread += value;
    }
    const end = this.#unread.indexOf("\n\n");
    const [, event, data] = /event: (.*)\ndata: (.*)$/.exec(this.#unread.slice(0, end)) ?? [];
    this.#unread = this.#unread.slice(end + 2);
    const item = { event, data: JSON.parse(data ?? "null") } as FeedItem;
    this.items.push(item);
    return item;
  }
}
