import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type OutputFile, type Plugin } from "esbuild";
import { bundleFolder, FUNCTIONS, type FunctionName } from "./bundle-folder.ts";

const BUILTIN = new RegExp(`^(node:.+|${builtinModules.join("|")})$`);
const ROOT = fileURLToPath(new URL("..", import.meta.url));

// aws4 and Slack's client are CommonJS and load Node's modules with require; nothing else is left to be required.
const REQUIRE = "const require=process.getBuiltinModule;";

/**
 * Loads Node's built-in modules with require: an import reads all their exports at once, and reading those of HTTP and of crypto loads all
 * of fetch and of Web Crypto before anything needs them.
 */
const BUILTINS_BY_REQUIRE: Plugin = {
  name: "builtins-by-require",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: BUILTIN }, ({ kind, path }) =>
      (kind === "import-statement" || kind === "dynamic-import") && path !== "node:module" ? { path, namespace: "by-require" } : undefined,
    );
    onLoad({ filter: /./, namespace: "by-require" }, ({ path }) => ({ contents: `module.exports = require("${path}")` }));
  },
};

/**
 * Gives the durable functions SDK only the three exports of the Lambda client that it uses: its dynamic import names just the package,
 * which would bundle the whole client.
 */
const LAMBDA_BY_NAME: Plugin = {
  name: "lambda-by-name",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/client-lambda$/ }, ({ kind, resolveDir }) =>
      kind === "dynamic-import" ? { path: "client-lambda", namespace: "by-name", pluginData: resolveDir } : undefined,
    );
    onLoad({ filter: /./, namespace: "by-name" }, ({ pluginData: resolveDir }) => {
      const names = ["LambdaClient", "CheckpointDurableExecutionCommand", "GetDurableExecutionStateCommand"];
      return { resolveDir, contents: `export { ${names.join(", ")} } from "@aws-sdk/client-lambda"` };
    });
  },
};

/**
 * Gives the RDS client only the errors that the guard's clients name, of 150: the name of any other is RDS's own code, as of errors that the
 * client does not know.
 */
const ERRORS_BY_NAME: Plugin = {
  name: "errors-by-name",
  setup({ onLoad }) {
    onLoad({ filter: /client-rds.dist-es.schemas.schemas_0\.js$/ }, async ({ path }) => {
      const named = await errorsNamedIn(join(ROOT, "src/clients/rds"));
      const all = await readFile(path, "utf8");
      return { contents: all.replace(/^n0_registry\.registerError\((\w+)\$, \w+\);$/gm, (line, name) => (named.has(name) ? line : "")) };
    });
  },
};

async function errorsNamedIn(folder: string): Promise<Set<string>> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".ts"));
  const sources = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return new Set(sources.flatMap((source) => source.match(/\b\w+(?:Fault|Exception)\b/g) ?? []));
}

// Imported on first use, which never comes: Lambda puts credentials into the environment, and is no browser.
const NOT_IN_LAMBDA = [
  "bowser",
  "@smithy/credential-provider-imds",
  ...["http", "ini", "process", "sso", "web-identity"].map((name) => `@aws-sdk/credential-provider-${name}`),
];

/** Bundles all functions. Leaves files that are up to date alone, so several processes can do this at once while others read. */
export async function makeBundles(): Promise<void> {
  await Promise.all(FUNCTIONS.map(makeBundle));
}

/** How esbuild bundles a function. */
export function bundleOptions(name: FunctionName): BuildOptions {
  return {
    absWorkingDir: ROOT,
    entryPoints: { index: `src/handlers/${name}.lambda.ts` },
    outdir: bundleFolder(name),
    bundle: true,
    splitting: true,
    minify: true,
    charset: "utf8",
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    outExtension: { ".js": ".mjs" },
    chunkNames: "[name]-[hash]",
    banner: { js: REQUIRE },
    plugins: [BUILTINS_BY_REQUIRE, LAMBDA_BY_NAME, ERRORS_BY_NAME],
    external: NOT_IN_LAMBDA,
    legalComments: "none",
    logLevel: "warning",
  };
}

async function makeBundle(name: FunctionName): Promise<void> {
  const outdir = bundleFolder(name);
  const { outputFiles } = await build({ ...bundleOptions(name), write: false });
  await mkdir(outdir, { recursive: true });
  await Promise.all(outputFiles.map(put));
  const made = new Set(outputFiles.map(({ path }) => basename(path)));
  const stale = (await readdir(outdir)).filter((file) => file.endsWith(".mjs") && !made.has(file));
  await Promise.all(stale.map((file) => rm(join(outdir, file), { force: true })));
}

async function put({ path, contents }: OutputFile): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(contents)) return;
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, contents);
  await rename(unfinished, path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await makeBundles();
