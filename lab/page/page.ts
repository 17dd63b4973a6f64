import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { actionsOf } from "./actions/index.ts";
import { failureAnswer } from "./failure.ts";
import { pageFile } from "./files.ts";
import { Input } from "./input.ts";
import { Live } from "./live.ts";
import type { PageOptions } from "./options.ts";
import type { ActionAnswer } from "./views.ts";
import { fromThisMachine, fromThisPage, withHeaders } from "./visit.ts";

const LONGEST_BODY = 64 * 1024;

/** The page that shows what the team sees in Slack and what happens to the databases, and lets visitors interfere. */
export interface Page {
  /**
   * Answers `GET /`, the page's files, `GET /feed` (server-sent events) and `POST /do/<action>` (JSON); anything else with 404. It turns
   * every error into a response itself.
   */
  fetch(request: Request): Promise<Response>;
  /** Says in a line what a person does now; every viewer sees it, including those who come later. */
  say(line: string): void;
  /** Ends all streams; a later feed is answered with 503. */
  close(): void;
}

const shortBody = bodyLimit({
  maxSize: LONGEST_BODY,
  onError: (c) => c.json({ error: `The body is too long: at most ${LONGEST_BODY} bytes are taken.` }, 413),
});

/** Makes the page; it opens no port. */
export function createPage(options: PageOptions): Page {
  const live = new Live(options);
  const actions = actionsOf(options);
  const app = new Hono();
  app.use(withHeaders, fromThisMachine);
  app.onError((error, c) => c.json({ error: `The lab failed: ${error.message}` }, 500));

  app.get("/feed", async (c) => {
    if (live.closed) return c.text("The lab is closing.\n", 503);
    return c.body(await live.watch(), 200, { "content-type": "text/event-stream" });
  });

  app.post("/do/:action", fromThisPage, shortBody, async (c) => {
    const name = c.req.param("action");
    const action = actions.get(name);
    const known = [...actions.keys()].join(", ");
    if (!action) return c.json<ActionAnswer>({ error: `There is no action "${name}". There are: ${known}.` }, 404);
    try {
      const said = await action.run(Input.read(await c.req.text()));
      if (action.told) live.say(said);
      live.stir();
      return c.json<ActionAnswer>({ said });
    } catch (error) {
      const { status, text } = failureAnswer(error);
      return c.json<ActionAnswer>({ error: text }, status);
    }
  });

  app.get("/:file?", async (c) => (await pageFile(c.req.param("file") ?? "index.html")) ?? c.notFound());

  return {
    fetch: async (request) => app.fetch(request),
    say: (line) => live.say(line),
    close: () => live.close(),
  };
}
