import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { literalsIn } from "./literals-in.ts";

// What only a fault of ours says is for whoever mends it.
const FAULTS = /new Error\((?:"[^"]*"|`[^`]*`)\)/g;

// What `--help` prints stands where the options are read.
const HELP = ["operations/usage.ts", "watch/main.ts"];

const SENTENCE = /\b[A-Z][a-z]*\b.* .*[.!?:](?:\s|$)|\b[a-z]+ [a-z]+ [a-z]+ [a-z]+\b/;

it.each(["operations", "watch"])("local/cli/%s asks, decides and prints: its sentences stand in src/messages/en", (folder) => {
  const files = readdirSync(`local/cli/${folder}`, { encoding: "utf8" }).map((name) => `${folder}/${name}`);
  const code = files
    .filter((file) => !HELP.includes(file))
    .map((file) => [file, readFileSync(`local/cli/${file}`, "utf8").replaceAll(FAULTS, "")] as const);
  expect(code.length).toBeGreaterThan(10);
  expect(code.flatMap(([file, text]) => literalsIn(text).flatMap((it) => (SENTENCE.test(it) ? [`${file}: ${it}`] : [])))).toEqual([]);
});
