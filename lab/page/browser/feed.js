const AGAIN_MS = 2000;

/**
 * Follows the lab: calls `on[name](data)` for each item and `onConnection(true or false)` when the connection comes or goes.
 *
 * A page in the background lets go of its connection, since a browser has six for all its pages, and gets everything anew later.
 */
export function follow(on, onConnection) {
  let source;
  let timer;

  function open() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource("feed");
    source.addEventListener("open", () => onConnection(true));
    source.addEventListener("error", () => {
      onConnection(false);
      // The browser tries again by itself only where the connection broke, not where it was refused.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_MS);
    });
    for (const [name, take] of Object.entries(on)) source.addEventListener(name, (event) => take(JSON.parse(event.data)));
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") open();
    else {
      clearTimeout(timer);
      source?.close();
    }
  });
  open();
}
