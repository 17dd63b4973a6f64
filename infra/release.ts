import { readFileSync } from "node:fs";

/** What users notice of a version, from CHANGELOG.md. @throws Error if the tag is not the package's version, or the version has no date there. */
function notesOf(tag: string): string {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, and package.json has ${version}: tag v${version}, or change the version.`);
  const sections = readFileSync("CHANGELOG.md", "utf8").split(/^## /m);
  const found = sections.find((section) => section.startsWith(`${version} (`));
  if (!found || !/^\S+ \(\d{4}-\d\d-\d\d\)\n/.test(found))
    throw new Error(`CHANGELOG.md has no heading "## ${version} (YYYY-MM-DD)": rename "## Unreleased" and put the date there.`);
  return found.slice(found.indexOf("\n")).trim();
}

process.stdout.write(`${notesOf(process.argv[2] ?? "")}\n`);
