import type { Browser } from "playwright-core";
import { afterAll, afterEach, expect } from "vitest";
import type { Session } from "../../../lab/session.ts";
import { openQuietSession } from "./lab.ts";
import { type Visitor, visit } from "./visitor.ts";

/** How long a test waits for what the lab and the guard do. */
export const PATIENCE = { timeout: 60_000 };

/** Opens labs and brings visitors for the tests of one file: all end with their test, and nothing may have gone wrong in a page. */
export function visiting(browser: Browser) {
  let session: Session | undefined;
  let visitors: Visitor[] = [];
  afterEach(async () => {
    const troubles = visitors.flatMap((it) => it.troubles);
    for (const { leave } of visitors) await leave();
    await session?.close();
    visitors = [];
    session = undefined;
    expect(troubles).toEqual([]);
  });
  afterAll(() => browser.close());
  return {
    async open(...options: Parameters<typeof openQuietSession>): Promise<Session> {
      session = await openQuietSession(...options);
      return session;
    },
    async come(url: string, options?: Parameters<typeof visit>[2]): Promise<Visitor> {
      const visitor = await visit(browser, url, options);
      visitors.push(visitor);
      return visitor;
    },
  };
}
