import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";

/**
 * Returns the licences of all bundled packages, as the licences require: each text once, below the packages that it covers, each with the
 * name of its licence.
 *
 * @param root the folder that the paths of the metafile's inputs are relative to.
 */
export function notices({ inputs }: Metafile, root: string): string {
  const folders = new Set(Object.keys(inputs).flatMap((input) => input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  const packages = new Map<string, string[]>();
  for (const folder of [...folders].sort()) {
    const { name, text } = licenceOf(join(root, folder));
    packages.set(text, [...(packages.get(text) ?? []), name]);
  }
  return [...packages].map(([text, names]) => `${[...new Set(names)].join("\n")}\n\n${text}\n`).join(`\n${"-".repeat(80)}\n\n`);
}

function licenceOf(folder: string): { name: string; text: string } {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const by = typeof author === "object" ? author?.name : author;
  const text = files.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n");
  return { name: `${name} ${version} (${license})`, text: text || `Licence: ${license}. Author: ${by ?? "see its package.json"}.` };
}
