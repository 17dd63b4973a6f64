import { readdirSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { pathToFileURL } from "node:url";

const FOLDER = "src/messages";

/** Does the work, and returns the exported functions of `src/messages` that did not run meanwhile. */
export async function notRunIn(work: () => Promise<unknown>): Promise<string[]> {
  const exported = await exportedFunctions();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  try {
    await work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const ran = result
      .filter(({ url }) => url.includes(`/${FOLDER}/`))
      .flatMap(({ url, functions }) =>
        functions.filter(({ ranges }) => ranges.some(({ count }) => count > 0)).map((it) => `${url.split("/").at(-1)} ${it.functionName}`),
      );
    return exported.filter((it) => !ran.includes(it));
  } finally {
    session.disconnect();
  }
}

async function exportedFunctions(): Promise<string[]> {
  const files = readdirSync(FOLDER);
  const found = await Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(`${FOLDER}/${file}`).href)) as Record<string, unknown>;
      return Object.values(module).flatMap((it) => (typeof it === "function" ? [`${file} ${it.name}`] : []));
    }),
  );
  return found.flat();
}
