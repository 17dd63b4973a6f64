import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const FOLDER = "docs/decisions";

it("the index of decisions lists each, by its number and title", () => {
  const files = readdirSync(FOLDER).filter((file) => /^\d{4}-.*\.md$/.test(file));
  const titles = files.map((file) => {
    const [, number, title] = /^# (\d+)\. (.+)\n/.exec(readFileSync(`${FOLDER}/${file}`, "utf8")) ?? [];
    expect(file.startsWith(`${number?.padStart(4, "0")}-`), file).toBe(true);
    return `${number}. [${title}](${file})`;
  });
  const listed = readFileSync(`${FOLDER}/README.md`, "utf8").match(/^\d+\. \[.+?\]\(.+?\)/gm);
  expect(listed).toEqual(titles);
  expect(titles.length).toBeGreaterThan(10);
});
