import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { literalsIn } from "./literals-in.ts";

/** Words that only who has read the code understands, or that were never measured, or that shout. */
const PRIVATE: readonly (readonly [RegExp, string])[] = [
  [/\bat most once\b/i, "once"],
  [/\bclaim(s|ed)?\b/i, "that nothing else may begin on the database"],
  [/\bthe policy\b|\bpolicy's\b/i, "the guard itself, or its settings"],
  [/\bits asker\b|\bwhoever asks\b/i, "whoever asked for it"],
  [/\bis waited for\b/i, "who waits"],
  [/\bat work on\b|\bis at work\b|\bthe guard is at\b|\bis at any more\b/i, "is under way"],
  [/\bmutat/i, "change"],
  [/\bsettl(e|es|ed|ing)\b/i, "what becomes of it"],
  [/\bspec\b/i, "settings"],
  [/\bwhat is asked of\b/i, "settings of the new deployment"],
  [/\bleft as it is\b/i, "nothing was changed"],
  [/\bput aside\b/i, "closed"],
  [/\b(NOTHING|NOT|NEVER|MUST|ALL)\b/, "the same in small letters"],
  [/\bsomething new\b/i, "what it is"],
  [/\bhalf.done\b/i, "how far it is"],
  [/\bwrite pause\b/i, "how long the switchover took"],
  [/\b(durable|its|the|no such) executions?\b/i, "it, or what Lambda says of it"],
  [/\bis (looked at|asked|tried) again\b/i, "the guard looks again"],
  [/\bstands? still\b/i, "nobody works on it"],
  [/\bheals?\b/i, "waiting helps"],
  [/\bits last words\b|\bown words\b/i, "what it said"],
  [/\bhears? of this\b/i, "how long it takes"],
  [/\bgive(s)? it up\b|\bgave up\b/i, "stop waiting"],
];

const read = (file: string): string => readFileSync(file, "utf8");

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`);

/** Every sentence of a source file: codes and paths have no spaces. */
const sentencesOf = (file: string): string[] => literalsIn(read(file)).filter((it) => it.includes(" "));

/** Nothing of AWS's or of a story's, which the guard only quotes. */
const saidByTheGuard = (page: string): string[] =>
  page.split("\n").flatMap((line) => (/^> (?!>)|^- `/.test(line) ? [line.replace(/^- `[^`]+`: /, "")] : []));

const found = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => PRIVATE.flatMap(([word, instead]) => (word.test(text) ? [`${text}: say ${instead}`] : [])));

describe("a person who has never seen the code understands every word", () => {
  it("of what the guard says", () => {
    const all = sources("src/messages/en").flatMap(sentencesOf);
    expect(all.length).toBeGreaterThan(500);
    expect(found(all)).toEqual([]);
  });

  it("of the messages on the page that lists them", () => {
    expect(found(saidByTheGuard(read("docs/messages.md")))).toEqual([]);
  });
});
