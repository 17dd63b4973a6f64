import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** How a program ended, and all that it wrote. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** A project that has the package installed, in a folder of its own. */
export interface Consumer {
  folder: string;
  /** The package's files. */
  files: string[];
  /** Runs a program in the project, with the Node of the tests first in its path. */
  run(program: string, ...args: string[]): Ended;
  /** Writes a file of the project. */
  write(name: string, content: string | object): void;
  remove(): void;
}

/**
 * Packs the package as `npm publish` would, and installs it beside its peers into an empty project, whose `npm` asks the registry only
 * for what its cache lacks.
 *
 * @throws Error with npm's words where one of its commands fails.
 */
export function installPackage(): Consumer {
  const folder = mkdtempSync(join(tmpdir(), "bluegreen-guard-package-"));
  const write = (name: string, content: string | object) =>
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  good(runIn(ROOT, "npm", "pack", "--pack-destination", folder));
  const [tarball = ""] = readdirSync(folder);
  const files = good(runIn(folder, "tar", "-tzf", tarball))
    .trim()
    .split("\n");
  // The peers as the repository has them: those are in npm's cache.
  const { devDependencies: tried } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const dependencies = { "aws-cdk-lib": tried["aws-cdk-lib"], constructs: tried.constructs, "bluegreen-guard": `file:${tarball}` };
  write("package.json", { private: true, type: "module", dependencies });
  good(runIn(folder, "npm", "install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"));
  return {
    folder,
    files: files.map((file) => file.replace(/^package\//, "")),
    run: (program, ...args) => runIn(folder, program, ...args),
    write,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function runIn(cwd: string, program: string, ...args: string[]): Ended {
  const PATH = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: "utf8", env: { ...process.env, PATH } });
  return { code: status, out: stdout ?? "", err: error ? error.message : stderr };
}

function good({ code, out, err }: Ended): string {
  if (code !== 0) throw new Error(`${err}\n${out}`);
  return out;
}
