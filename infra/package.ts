import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { FUNCTIONS } from "./bundle-folder.ts";
import { makeBundles } from "./bundles.ts";
import { notices } from "./notices.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const run = promisify(execFile);

// The command line's CommonJS dependencies load Node's modules with require.
const REQUIRE = 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);';

const CONSTRUCT = "infra/index.ts";
const COMMAND_LINE = "bin/packaged.ts";
const PEERS = ["aws-cdk-lib", "constructs"];

const COMMON = {
  absWorkingDir: ROOT,
  outdir: "dist",
  bundle: true,
  platform: "node" as const,
  target: "node22",
  format: "esm" as const,
  mainFields: ["module", "main"],
  external: PEERS,
  legalComments: "none" as const,
  logLevel: "warning" as const,
};

/** Builds everything in `dist` for the package: the construct, its types, the functions' bundles, the command line, the licences. */
export async function makePackage(): Promise<void> {
  await Promise.all([makeBundles(), makeConstruct(), makeCommandLine(), makeTypes(), makeNotices()]);
}

const makeConstruct = () => build({ ...COMMON, entryPoints: { index: CONSTRUCT } });

const makeCommandLine = () =>
  build({
    ...COMMON,
    entryPoints: { cli: COMMAND_LINE },
    minify: true,
    charset: "utf8",
    banner: { js: REQUIRE },
  });

async function makeNotices(): Promise<void> {
  const functions = FUNCTIONS.map((name) => `src/handlers/${name}.lambda.ts`);
  const { metafile } = await build({ ...COMMON, entryPoints: [CONSTRUCT, COMMAND_LINE, ...functions], write: false, metafile: true });
  await writeFile(new URL("../dist/THIRD-PARTY.txt", import.meta.url), notices(metafile, ROOT));
}

/** Emits the declarations with tsc; package.json lists those that the construct's declarations need. */
async function makeTypes(): Promise<void> {
  await rm(new URL("../dist/types", import.meta.url), { recursive: true, force: true });
  const tsc = fileURLToPath(import.meta.resolve("typescript/package.json").replace(/package\.json$/, "bin/tsc"));
  await run(process.execPath, [tsc, "--project", "infra/types.tsconfig.json"], { cwd: ROOT });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await makePackage();
