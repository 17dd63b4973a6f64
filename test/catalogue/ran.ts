import { readdirSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { pathToFileURL } from "node:url";
import type { Message } from "../../src/messages/message.ts";

const FOLDER = "src/messages";

/** Does the work, and returns the exported functions of `src/messages` that did not run meanwhile. */
export async function notRunIn(work: () => Promise<unknown>): Promise<string[]> {
  const functions = await exportedFunctions();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  try {
    await work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const ran = result
      .filter(({ url }) => url.includes(`/${FOLDER}/`))
      .flatMap(({ url, functions: found }) =>
        found.filter(({ ranges }) => ranges.some(({ count }) => count > 0)).map((it) => `${url.split("/").at(-1)} ${it.functionName}`),
      );
    return functions.filter((it) => !ran.includes(it));
  } finally {
    session.disconnect();
  }
}

async function exportedFunctions(): Promise<string[]> {
  return (await exported()).flatMap(({ file, value }) => (typeof value === "function" ? [`${file} ${value.name}`] : []));
}

/** The texts of the messages that `src/messages` exports as they are. */
export async function readyMessages(): Promise<string[]> {
  return (await exported()).flatMap(({ value }) => {
    const { text, blocks } = value as Partial<Message>;
    return text !== undefined && blocks !== undefined ? [text] : [];
  });
}

async function exported(): Promise<{ file: string; value: unknown }[]> {
  const found = await Promise.all(
    readdirSync(FOLDER).map(async (file) => {
      const module = (await import(pathToFileURL(`${FOLDER}/${file}`).href)) as Record<string, unknown>;
      return Object.values(module).map((value) => ({ file, value }));
    }),
  );
  return found.flat();
}
