import type { FeedItem } from "../views.ts";

const AGAIN_MS = 2000;

/** What the lab sends, by its name. */
type Feed = { [Item in FeedItem as Item["event"]]: Item["data"] };

/** Who takes what the lab sends, each by its name. */
export type Takers = { readonly [Name in keyof Feed]: (data: Feed[Name]) => void };

/**
 * Follows the lab: calls `on[name](data)` for each item and `onConnection(true or false)` when the connection comes or goes.
 *
 * A page in the background closes its connection, since a browser has six for all its pages, and gets everything anew later.
 */
export function follow(on: Takers, onConnection: (isConnected: boolean) => void): void {
  let source: EventSource | undefined;
  let timer: number | undefined;

  function open(): void {
    close();
    source = connect(on);
    source.addEventListener("open", () => onConnection(true));
    source.addEventListener("error", ({ target }) => {
      onConnection(false);
      // The browser retries automatically only if the connection broke, not if it was refused.
      if (target instanceof EventSource && target.readyState === EventSource.CLOSED) timer = window.setTimeout(open, AGAIN_MS);
    });
  }
  function close(): void {
    clearTimeout(timer);
    source?.close();
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") open();
    else close();
  });
  open();
}

function connect(on: Takers): EventSource {
  const source = new EventSource("feed");
  function listen<Name extends keyof Feed>(name: Name): void {
    source.addEventListener(name, (event: MessageEvent<string>) => on[name](JSON.parse(event.data) as Feed[Name]));
  }
  for (const name of Object.keys(on) as (keyof Feed)[]) listen(name);
  return source;
}
