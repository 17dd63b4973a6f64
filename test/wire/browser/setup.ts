import { unpackBrowser } from "./browser.ts";

/** Unpacks Chromium before any test: two tests that do so at once find its file half written. */
export async function setup(): Promise<void> {
  await unpackBrowser();
}
