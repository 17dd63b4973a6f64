#!/usr/bin/env node
import { existsSync } from "node:fs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`bluegreen-guard needs Node 22.18 or newer; this is Node ${process.versions.node}.\n`);
  process.exitCode = 2;
} else {
  // The package holds no TypeScript: Node runs none below node_modules.
  const inRepository = existsSync(new URL("bluegreen-guard.ts", import.meta.url));
  await import(inRepository ? "./bluegreen-guard.ts" : "../dist/cli.js");
}
