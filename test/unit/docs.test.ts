import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { encoding: "utf8" }).split("\n").filter(Boolean);
const pages = tracked.filter(
  (file) => /^(docs\/|\.github\/.*_TEMPLATE|\.github\/pull_|[A-Z]+\.md$)/i.test(file) && /\.(md|yml)$/.test(file),
);
const roots = new Set(tracked.filter((file) => file.includes("/")).map((file) => file.split("/")[0]));

/** What the reader of docs/adding-a-rule.md creates. */
const MADE_UP = ["test/events/storage-low.json"];

const read = (file: string) => readFileSync(file, "utf8");

/** The code of a page, in its lines and in its blocks. */
const codeIn = (text: string) => [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([code]) => code.replaceAll("`", " "));

/** The words of a page's code that begin with a folder of the repository; none with a placeholder in it. */
function pathsIn(text: string): string[] {
  const words = codeIn(text).flatMap((code) => code.split(/[\s"'(),;:|]+/));
  return words.filter((word) => /^[\w./-]+$/.test(word) && word.includes("/") && roots.has(word.split("/")[0]));
}

function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link).filter((link) => !/^[a-z]+:/.test(link));
}

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(file: string): string[] {
  const headings = read(file).matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

function isBroken(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : normalize(join(dirname(page), path));
  return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
}

describe("the docs", () => {
  it("are looked at, with the README and the templates", () => {
    expect(pages).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/runbook.md"]));
    expect(pages.filter((page) => page.startsWith(".github/")).length).toBeGreaterThan(3);
    expect(pages.flatMap((page) => pathsIn(read(page))).length).toBeGreaterThan(50);
    expect(pages.flatMap((page) => linksIn(read(page))).length).toBeGreaterThan(50);
  });

  it.each(pages)("%s links to files and headings that exist", (page) => {
    expect(linksIn(read(page)).filter((link) => isBroken(page, link))).toEqual([]);
  });

  it.each(pages)("%s names files and folders that exist", (page) => {
    expect(pathsIn(read(page)).filter((path) => !existsSync(path) && !MADE_UP.includes(path))).toEqual([]);
  });

  it.each(pages)("%s names npm scripts that exist", (page) => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
