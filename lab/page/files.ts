import { readFile } from "node:fs/promises";

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** A file of the page, by the name in its address; undefined where there is none. */
export async function pageFile(name: string): Promise<Response | undefined> {
  const type = TYPES[/^[a-z][a-z-]*\.([a-z]+)$/.exec(name)?.[1] ?? ""];
  if (type === undefined) return undefined;
  const body = await readFile(new URL(`browser/${name}`, import.meta.url)).catch(nothingThere);
  return body && new Response(body, { headers: { "content-type": type } });
}

function nothingThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
