import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  ts: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** Styles have a folder of their own, and the same addresses as all else. */
const folderOf = (ending: string): string => (ending === "css" ? "browser/styles/" : "browser/");

/** Scripts with their types stripped, by source: an edited script is served as it is now. */
const scripts = new Map<string, string>();

/** Returns a file of the page by the name in its address, scripts without types; undefined if there is none. */
export async function pageFile(name: string): Promise<Response | undefined> {
  const ending = /^[a-z][a-z-]*\.([a-z]+)$/.exec(name)?.[1] ?? "";
  const type = TYPES[ending];
  if (type === undefined) return undefined;
  const body = await readFile(new URL(`${folderOf(ending)}${name}`, import.meta.url), "utf8").catch(nothingThere);
  if (body === undefined) return undefined;
  return new Response(ending === "ts" ? scriptOf(body) : body, { headers: { "content-type": type } });
}

function scriptOf(source: string): string {
  const script = scripts.get(source) ?? quietly(() => stripTypeScriptTypes(source));
  scripts.set(source, script);
  return script;
}

/** Node warns that type stripping may change one day, which is no news for a person at the lab's terminal. */
function quietly<Result>(run: () => Result): Result {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return run();
  } finally {
    process.emitWarning = emitWarning;
  }
}

function nothingThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
