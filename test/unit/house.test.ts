import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const AWS = /^@aws-sdk\//;
const POWERTOOLS = /^@aws-lambda-powertools\//;
const DURABLE = "@aws/durable-execution-sdk-js";

/** All rooms of `src`, lowest first. */
const SRC = [
  "src/events",
  "src/rules",
  "src/deployments",
  "src/facts",
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
  "src/events": { rooms: [], packages: [/^zod\//] },
  "src/rules": { rooms: ["src/events"], packages: [] },
  "src/deployments": { rooms: ["src/events!", "src/rules!"], packages: [] },
  "src/facts": { rooms: ["src/rules!", "src/deployments"], packages: [] },
  "src/plans": { rooms: ["src/deployments", "src/facts"], packages: [] },
  "src/messages": {
    rooms: ["src/rules!", "src/deployments!", "src/facts!", "src/plans!", "src/operations!", "src/plans/command-lines.ts"],
    packages: ["@slack/types"],
  },
  "src/operations": {
    rooms: ["src/events", "src/rules", "src/deployments", "src/facts", "src/plans", "src/clients!", "src/settings!"],
    packages: [DURABLE],
  },
  "src/telling": {
    rooms: [
      "src/events",
      "src/rules",
      "src/deployments",
      "src/facts",
      "src/plans",
      "src/messages",
      "src/operations",
      "src/clients!",
      "src/settings!",
    ],
    packages: ["aws-lambda"],
  },
  "src/conversation": {
    rooms: ["src/deployments", "src/facts", "src/plans", "src/messages", "src/operations", "src/clients!", "src/settings!"],
    packages: [/^zod\//],
  },
  "src/handlers": {
    rooms: [
      "src/events",
      "src/rules",
      "src/deployments",
      "src/facts",
      "src/messages",
      "src/operations",
      "src/telling",
      "src/conversation",
      "src/clients!",
    ],
    packages: ["aws-lambda", DURABLE],
  },
  "src/lambda": { rooms: ["src/handlers", "src/connect", "src/settings"], packages: [DURABLE] },
  "src/connect": { rooms: ["src/clients", "src/handlers!", "src/settings!"], packages: [] },
  "src/clients": {
    rooms: ["src/deployments!", "src/facts!", "src/plans!", "src/messages!", "src/operations!", "src/settings!"],
    packages: [AWS, "aws4fetch", "@slack/web-api", "@slack/types", POWERTOOLS, "aws-lambda"],
  },
  "src/settings": { rooms: ["src/plans/policy.ts"], packages: [/^zod\//] },
  infra: {
    rooms: ["src/rules", "src/settings", "src/handlers/backoff.ts"],
    packages: ["aws-cdk-lib", /^aws-cdk-lib\//, "cdk-nag", "constructs", "esbuild"],
  },
  local: { rooms: SRC, packages: [/./] },
  lab: { rooms: [...SRC, "local"], packages: [/./] },
  bin: { rooms: ["local", "lab"], packages: [] },
  bench: { rooms: [...SRC, "infra", "local", "lab"], packages: [/./] },
};

const IMPORT = /^\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+["']([^"']+)["']|^\s*import\s+["']([^"']+)["']/gm;

const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.ts"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => /^(src|infra|local|lab|bin|bench)\//.test(file) && !file.endsWith(".d.ts"));

function roomOf(file: string): string {
  if (file.endsWith(".lambda.ts")) return "src/lambda";
  if (/^src\/handlers\/connect(-lambda|-entrance)?\.ts$/.test(file)) return "src/connect";
  return file.startsWith("src/") ? file.split("/").slice(0, 2).join("/") : (file.split("/")[0] ?? "");
}

function forbidden(file: string): string[] {
  const room = roomOf(file);
  const may = MAY[room];
  const imports = [...readFileSync(file, "utf8").matchAll(IMPORT)].map((match) => ({
    types: Boolean(match[1]),
    from: match[2] ?? match[3] ?? "",
  }));
  return imports.filter(({ types, from }) => !may || !isAllowed(file, room, may, from, types)).map(({ from }) => `${file} imports ${from}`);
}

function isAllowed(file: string, room: string, may: (typeof MAY)[string], from: string, types: boolean): boolean {
  if (from.startsWith("node:") || builtinModules.includes(from)) return true;
  if (!from.startsWith(".")) return may.packages.some((it) => (typeof it === "string" ? it === from : it.test(from)));
  const imported = normalize(join(dirname(file), from));
  const target = roomOf(imported);
  return target === room || may.rooms.includes(target) || may.rooms.includes(imported) || (types && may.rooms.includes(`${target}!`));
}

describe("the house", () => {
  it("has files to look at", () => expect(files.length).toBeGreaterThan(40));

  it("lets each room import only what the table in the architecture allows", () => {
    expect(files.flatMap(forbidden)).toEqual([]);
  });

  it("reads the environment in settings alone", () => {
    const readers = files.filter((file) => file.startsWith("src/") && readFileSync(file, "utf8").includes("process.env"));
    expect(readers.filter((file) => roomOf(file) !== "src/settings")).toEqual([]);
  });

  it("keeps every source file at 200 lines or fewer", () => {
    const long = files.filter((file) => readFileSync(file, "utf8").split("\n").length > 201);
    expect(long).toEqual([]);
  });
});
