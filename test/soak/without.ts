import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Edit, MUTANTS } from "./mutants.ts";
import type { playStory } from "./play.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COPIED = ["package.json", "src", "local", "lab", "test/support", "test/soak"];

/** The same stories played by a copy of the guard without that rule; `remove` removes the copy. @throws Error if the rule's text is not found */
export async function playWithout(rule: string): Promise<{ play: typeof playStory; remove(): void }> {
  const mutant = MUTANTS.find(({ id }) => id === rule);
  if (!mutant) throw new Error(`There is no rule "${rule}".`);
  const folder = mkdtempSync(join(tmpdir(), "bluegreen-guard-soak-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const it of COPIED)
      cpSync(join(ROOT, it), join(folder, it), { recursive: true, filter: (from) => !from.includes("node_modules") });
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "dir");
    for (const edit of mutant.edits) writeFileSync(join(folder, edit.file), edited(readFileSync(join(folder, edit.file), "utf8"), edit));
    const { playStory: play } = await import(pathToFileURL(join(folder, "test/soak/play.ts")).href);
    return { play, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The source with the edit made. @throws Error unless its text is found exactly once */
export function edited(source: string, { file, text, by }: Edit): string {
  const count = source.split(text).length - 1;
  if (count !== 1) throw new Error(`${file} has ${count} times, and not once, what is to be taken out of it: ${text.trim()}`);
  return source.replace(text, () => by);
}
