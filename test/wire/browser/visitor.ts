import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A visitor with a page of the lab in front of them, and everything that should not have happened there. */
export interface Visitor {
  page: Page;
  /** Errors of the console and of scripts (what the content security policy forbids is among them), dialogs, and calls elsewhere. */
  troubles: string[];
  /** How many times the page was loaded. */
  loads(): number;
  leave(): Promise<void>;
}

/** Opens the lab's page at `url`, and resolves once it is connected to the lab. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  // Software draws what moves: a step that pulses costs as much as everything that a test is about.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  let loads = 0;
  page.on("console", (line) => line.type() === "error" && troubles.push(`console: ${line.text()}`));
  page.on("pageerror", (error) => troubles.push(`script: ${error.message}`));
  page.on("request", (request) => new URL(request.url()).origin !== url && troubles.push(`call: ${request.url()}`));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("load", () => {
    loads += 1;
  });
  await page.goto(url);
  await page.locator("#connection", { hasText: "Live" }).waitFor();
  return { page, troubles, loads: () => loads, leave: () => context.close() };
}
