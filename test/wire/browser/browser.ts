import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { type Browser, chromium as installed, type LaunchOptions } from "playwright-core";

const CACHE = fileURLToPath(new URL("../../../node_modules/.cache/bluegreen-guard", import.meta.url));

/**
 * Opens a Chromium without a window: the npm package's on Linux x64, elsewhere an installed Chrome.
 *
 * @throws Error on Linux x64, where the package's Chromium does not start; elsewhere the answer says that there is no Chrome.
 */
export async function openBrowser(): Promise<Browser | { leftOut: string }> {
  const packaged = await unpackBrowser();
  if (packaged) return installed.launch(packaged);
  try {
    return await installed.launch({ channel: "chrome" });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { leftOut: `Left out: no Chrome starts on ${process.platform} ${process.arch} (${reason}). Install Google Chrome to run this.` };
  }
}

/**
 * Unpacks the npm package's Chromium where it is not; answers how to start it, and nothing where the package has none to start.
 *
 * The package takes whatever lies in the system's temporary folder, of any version and owner: it gets a folder of our own.
 */
export async function unpackBrowser(): Promise<LaunchOptions | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const before = process.env["TMPDIR"] ?? tmpdir();
  mkdirSync(CACHE, { recursive: true });
  process.env["TMPDIR"] = CACHE;
  try {
    const { default: chromium } = await import("@sparticuz/chromium");
    return {
      executablePath: await chromium.executablePath(),
      args: chromium.args.filter((it) => it !== "--single-process" && it !== "--no-zygote"),
    };
  } finally {
    process.env["TMPDIR"] = before;
  }
}
