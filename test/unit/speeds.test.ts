import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { matchesGlob } from "node:path";
import { describe, expect, it } from "vitest";
import config, { LONGEST } from "../../vitest.config.ts";

interface Project {
  name: string;
  include: string[];
}

const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.test.ts"], { encoding: "utf8" }).split("\n").filter(Boolean);
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const projects = ((config as { test: { projects: { test: Project }[] } }).test.projects ?? []).map(({ test }) => test);
const leftOut = / --exclude '(.+)'$/.exec(scripts["test"] ?? "")?.[1] ?? "";
const filter = /^vitest run (\S+)$/.exec(scripts["test:rest"] ?? "")?.[1] ?? "";

describe("the suite", () => {
  it("has three projects, each of them a folder", () => {
    expect(projects.map(({ name, include }) => ({ name, include }))).toEqual(
      ["unit", "behaviour", "wire"].map((name) => ({ name, include: [`test/${name}/**/*.test.ts`] })),
    );
  });

  it("holds each test file in one project", () => {
    expect(files.length).toBeGreaterThan(100);
    const holding = (file: string) => projects.filter(({ include }) => include.some((glob) => matchesGlob(file, glob))).length;
    expect(files.filter((file) => holding(file) !== 1)).toEqual([]);
  });

  it("leaves out of `npm test` the files that `npm run test:rest` takes, and no other", () => {
    // A filter takes every file whose path contains it.
    const rest = files.filter((file) => file.includes(filter));
    expect(filter).not.toBe("");
    expect(rest.length).toBeGreaterThan(0);
    expect(files.filter((file) => matchesGlob(file, leftOut))).toEqual(rest);
    expect(files.filter((file) => file.endsWith(".rest.test.ts"))).toEqual(rest);
  });

  it("begins with files that exist", () => {
    expect(LONGEST.filter((file) => !files.includes(file))).toEqual([]);
  });

  it("leaves no unit test out of `npm test`", () => {
    expect(files.filter((file) => file.startsWith("test/unit/") && file.includes(".rest."))).toEqual([]);
  });
});
