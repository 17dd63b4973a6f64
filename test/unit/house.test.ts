import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { functionLengths } from "../support/function-lengths.ts";

const AWS = /^@aws-sdk\//;
const DURABLE = "@aws/durable-execution-sdk-js";

/** All rooms of `src`, lowest first. */
const SRC = [
  "src/events",
  "src/rules",
  "src/deployments",
  "src/facts",
  "src/standing",
  "src/plans",
  "src/messages",
  "src/operations",
  "src/telling",
  "src/conversation",
  "src/handlers",
  "src/connect",
  "src/clients",
  "src/settings",
];

/** Who may import whom: rooms of the house or single files of them, `room!` for types alone, and packages. */
const MAY: Record<string, { rooms: string[]; packages: (string | RegExp)[] }> = {
  "src/events": { rooms: [], packages: ["valibot"] },
  "src/rules": { rooms: ["src/events"], packages: [] },
  "src/deployments": { rooms: ["src/events!", "src/rules!"], packages: [] },
  "src/facts": { rooms: ["src/events", "src/rules!", "src/deployments"], packages: [] },
  "src/standing": { rooms: ["src/rules!", "src/deployments", "src/facts"], packages: [] },
  "src/plans": { rooms: ["src/deployments", "src/facts", "src/standing"], packages: [] },
  "src/messages": {
    rooms: [
      "src/rules!",
      "src/deployments!",
      "src/facts!",
      "src/standing!",
      "src/plans!",
      "src/operations!",
      "src/deployments/console-links.ts",
      "src/deployments/time-words.ts",
      "src/deployments/lag.ts",
      "src/deployments/arn.ts",
      "src/deployments/engine.ts",
      "src/facts/reasons.ts",
      "src/plans/command-lines.ts",
      "src/plans/spec/asked-fields.ts",
      "src/operations/index.ts",
    ],
    packages: ["@slack/types"],
  },
  "src/operations": {
    rooms: [
      "src/events",
      "src/rules",
      "src/deployments",
      "src/facts",
      "src/standing",
      "src/plans",
      "src/clients!",
      "src/settings!",
      "src/clients/transient.ts",
    ],
    packages: [DURABLE],
  },
  "src/telling": {
    rooms: [
      "src/events",
      "src/rules",
      "src/deployments",
      "src/facts",
      "src/standing",
      "src/plans",
      "src/messages",
      "src/operations",
      "src/clients!",
      "src/settings!",
    ],
    packages: ["aws-lambda"],
  },
  "src/conversation": {
    rooms: ["src/deployments", "src/facts", "src/standing", "src/plans", "src/messages", "src/operations", "src/clients!", "src/settings!"],
    packages: ["valibot"],
  },
  "src/handlers": {
    rooms: [
      "src/events",
      "src/rules",
      "src/deployments",
      "src/facts",
      "src/plans!",
      "src/messages",
      "src/operations",
      "src/telling",
      "src/conversation",
      "src/clients!",
    ],
    packages: ["aws-lambda", DURABLE],
  },
  "src/lambda": { rooms: ["src/handlers", "src/connect", "src/clients/durable-client.ts", "src/settings"], packages: [DURABLE] },
  "src/connect": { rooms: ["src/clients", "src/handlers!", "src/settings!", "src/messages/slack/form.ts"], packages: [] },
  "src/clients": {
    rooms: [
      "src/deployments!",
      "src/facts!",
      "src/plans!",
      "src/messages!",
      "src/operations!",
      "src/settings!",
      "src/deployments/lag.ts",
      "src/deployments/arn.ts",
    ],
    packages: [AWS, "@smithy/core/retry", DURABLE, "aws4", "@slack/web-api", "@slack/types", "aws-lambda"],
  },
  "src/settings": { rooms: ["src/plans/on-degraded.ts"], packages: [] },
  infra: {
    rooms: ["src/rules", "src/messages", "src/operations", "src/settings", "src/clients/names.ts", "src/handlers/backoff.ts"],
    packages: ["aws-cdk-lib", /^aws-cdk-lib\//, "cdk-nag", "constructs", "esbuild"],
  },
  local: { rooms: SRC, packages: [/./] },
  lab: { rooms: [...SRC, "local"], packages: [/./] },
  bin: { rooms: ["local", "lab"], packages: [] },
  bench: { rooms: [...SRC, "infra", "local", "lab"], packages: [/./] },
};

const IMPORT = /^\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+["']([^"']+)["']|^\s*import\s+["']([^"']+)["']/gm;

const scripts = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.ts", "*.js"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => existsSync(file) && !file.endsWith(".d.ts"));
const sources = scripts.filter((file) => /^(src|infra|local|lab|bin|bench)\//.test(file));
const files = sources.filter((file) => file.endsWith(".ts"));

function roomOf(file: string): string {
  if (file.endsWith(".lambda.ts")) return "src/lambda";
  if (/^src\/handlers\/connect(-lambda|-entrance|-executions)?\.ts$/.test(file)) return "src/connect";
  return file.startsWith("src/") ? file.split("/").slice(0, 2).join("/") : (file.split("/")[0] ?? "");
}

/** What a file imports, types included. */
function importsOf(file: string): { types: boolean; from: string }[] {
  return [...readFileSync(file, "utf8").matchAll(IMPORT)].map((match) => ({ types: Boolean(match[1]), from: match[2] ?? match[3] ?? "" }));
}

function forbidden(file: string): string[] {
  const room = roomOf(file);
  const may = MAY[room];
  return importsOf(file)
    .filter(({ types, from }) => !may || !isAllowed(file, room, may, from, types))
    .map(({ from }) => `${file} imports ${from}`);
}

function isAllowed(file: string, room: string, may: (typeof MAY)[string], from: string, types: boolean): boolean {
  if (from.startsWith("node:") || builtinModules.includes(from)) return true;
  if (!from.startsWith(".")) return may.packages.some((it) => (typeof it === "string" ? it === from : it.test(from)));
  const imported = normalize(join(dirname(file), from));
  const target = roomOf(imported);
  return target === room || may.rooms.includes(target) || may.rooms.includes(imported) || (types && may.rooms.includes(`${target}!`));
}

/** The imports that lead in a circle: what is left once the files that import nothing left, or that nothing left imports, are taken away. */
function inCircles(all: readonly string[]): string[] {
  let left = all.flatMap((file) =>
    importsOf(file)
      .filter(({ from }) => from.startsWith("."))
      .map(({ from }) => ({ file, imported: normalize(join(dirname(file), from)) })),
  );
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    const importing = new Set(left.map(({ file }) => file));
    const imported = new Set(left.map((it) => it.imported));
    left = left.filter((it) => importing.has(it.imported) && imported.has(it.file));
  }
  return left.map(({ file, imported }) => `${file} imports ${imported}`);
}

describe("the house", () => {
  it("has files to look at", () => expect(files.length).toBeGreaterThan(40));

  it("lets each room import only what the table in the architecture allows", () => {
    expect(files.flatMap(forbidden)).toEqual([]);
  });

  it("has no circle of imports, types included", () => {
    expect(inCircles(files)).toEqual([]);
  });

  it("reads the environment in settings alone", () => {
    const readers = files.filter((file) => file.startsWith("src/") && readFileSync(file, "utf8").includes("process.env"));
    expect(readers.filter((file) => roomOf(file) !== "src/settings")).toEqual([]);
  });

  it("takes its words from the language in one place, and the language knows no receiver", () => {
    const importing = (of: (file: string) => boolean, prefix: RegExp) =>
      files.filter((file) => of(file) && importsOf(file).some(({ from }) => prefix.test(normalize(join(dirname(file), from)))));
    const isWords = (file: string) => file.startsWith("src/messages/en/");
    expect(importing((file) => !isWords(file), /^src\/messages\/en\//)).toEqual(["src/messages/language.ts"]);
    expect(importing(isWords, /^src\/messages\/(slack|terminal)\//)).toEqual([]);
  });

  it("takes each word by its name, so that a function's bundle holds only the words that it can say", () => {
    const whole = files.filter((file) => {
      const source = readFileSync(file, "utf8");
      return /import \* as words from/.test(source) && /(?:=|\(|,|\.\.\.)\s*words\s*[;,)}[]|\bwords\[/.test(source);
    });
    expect(whole).toEqual([]);
  });

  it("keeps every source file at 200 lines or fewer", () => {
    const long = sources.filter((file) => readFileSync(file, "utf8").split("\n").length > 201);
    expect(long).toEqual([]);
  });

  it("keeps every function at 60 lines or fewer", () => {
    const functions = sources.flatMap((file) => functionLengths(readFileSync(file, "utf8")).map((it) => ({ ...it, file })));
    const long = functions.filter(({ lines }) => lines > 60).map(({ file, name }) => `${file} ${name}`);
    expect(functions.length).toBeGreaterThan(1_000);
    expect(long).toEqual([]);
  });

  it("keeps 30 files or fewer in a folder", () => {
    const folders = Object.groupBy(scripts, (file) => dirname(file));
    const crowded = Object.entries(folders).filter(([, inside = []]) => inside.length > 30);
    expect(crowded.map(([folder]) => folder)).toEqual([]);
  });
});
