import { readdirSync } from "node:fs";
import { Session } from "node:inspector/promises";
import type { Language } from "../../src/messages/language.ts";

/** The folders of the words, and of the messages that are made with them. */
const FOLDERS = ["src/messages/en", "src/messages/slack"];

/**
 * Does the work, and returns the named functions of the messages that did not run meanwhile: each key of a table of words is one. The work
 * has to import them, since of a file that was loaded before the inspector does not tell them.
 */
export async function notRunIn(work: () => Promise<unknown>): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  try {
    await work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    return messageFiles().flatMap((file) => {
      const found = result.find(({ url }) => url.endsWith(`/${file}`));
      if (!found?.functions.some(ran)) return [file];
      return found.functions.flatMap((it) => (it.functionName === "" || ran(it) ? [] : [`${file} ${it.functionName}`]));
    });
  } finally {
    session.disconnect();
  }
}

const ran = ({ ranges }: { ranges: readonly { count: number }[] }): boolean => ranges.some(({ count }) => count > 0);

// Marks and escapes, which are for every message alike, and the list of the words, which makes none.
const NONE = ["src/messages/slack/form.ts", "src/messages/slack/mrkdwn.ts", "src/messages/en/index.ts"];

const messageFiles = (): string[] =>
  FOLDERS.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`)).filter(
    (file) => file.endsWith(".ts") && !NONE.includes(file),
  );

/** The words that a language has without data, as they are. */
export const readyWords = (language: Language): string[] => Object.values(language).flatMap(stringsIn);

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
