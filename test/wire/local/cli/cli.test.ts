import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { routes } from "../../../../src/rules/routes.ts";
import { BIN, runNode } from "../../../support/local/hello-run.ts";

const guard = (...args: string[]) => runNode([BIN, ...args]);
const older = (version: string) =>
  `--import=data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"${version}"}})`;

describe("bluegreen-guard", () => {
  it("lists its commands", async () => {
    const { code, out } = await guard("--help");
    expect(code).toBe(0);
    expect(out.match(/^ {2}[a-z]+/gm)).toEqual([
      "  watch",
      "  status",
      "  recreate",
      "  switchover",
      "  cancel",
      "  init",
      "  hello",
      "  doctor",
      "  routes",
      "  replay",
    ]);
  });

  it("says which version it is", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(await guard("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  it.each([
    ["delete", "."],
    ["stats", ". Did you mean status?"],
    ["swithcover", ". Did you mean switchover?"],
    ["wacth", ". Did you mean watch?"],
    ["Init", ". Did you mean init?"],
  ])("answers the unknown command %s with the nearest one, where the usage is, and exit code 2", async (name, meant) => {
    const { code, out, err } = await guard(name);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe(`There is no command "${name}"${meant}\nSee npx bluegreen-guard --help\n`);
  });

  it("prints the routes, and takes no argument for it", async () => {
    expect(JSON.parse((await guard("routes")).out)).toEqual(routes());
    expect(await guard("routes", "cluster")).toMatchObject({ code: 2, out: "" });
  });

  it.each(["20.19.0", "22.17.1"])("says that Node %s is too old", async (version) => {
    const err = `bluegreen-guard needs Node 22.18 or newer; this is Node ${version}.\n`;
    expect(await runNode([older(version), BIN, "--help"])).toEqual({ code: 2, out: "", err });
  });

  it.each(["22.18.0", "24.0.0"])("runs on Node %s", async (version) => {
    expect(await runNode([older(version), BIN, "--help"])).toMatchObject({ code: 0, err: "" });
  });
});
