import type { Browser } from "playwright-core";
import { afterAll, afterEach, describe, expect, vi } from "vitest";
import type { Session } from "../../../lab/session.ts";
import { openBrowser } from "./browser.ts";
import { openQuietSession } from "./lab.ts";
import { type Visitor, visit } from "./visitor.ts";

vi.setConfig({ testTimeout: 240_000 });

/** How long a test waits for what the lab and the guard do: on a busy machine that takes a minute, and it costs nothing to wait longer. */
export const PATIENCE = { timeout: 120_000 };

const opened = await openBrowser();
if ("leftOut" in opened) console.warn(opened.leftOut);

/** Describes what a browser shows; its tests are left out, and a line says why, where there is none. */
export function describeInBrowser(name: string, tests: (visits: ReturnType<typeof visiting>) => void): void {
  describe.skipIf("leftOut" in opened)(name, () => tests(visiting(opened as Browser)));
}

/** Opens labs and brings visitors for the tests of one file: all end with their test, and nothing may have gone wrong in a page. */
function visiting(browser: Browser) {
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
    browser,
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
