import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BIN, runNode } from "../../../support/local/hello-run.ts";

/** The exit codes that the README's table has for each command; 2 is every command's. */
function codesInReadme(): [string, string[]][] {
  const [, table = ""] = /^## Exit codes$(.*?)^## /ms.exec(readFileSync("README.md", "utf8")) ?? [];
  return [...table.matchAll(/^\| `([a-z]+)` \| (.*) \|$/gm)].map(([, name = "", cells = ""]) => {
    const means = cells.split("|").map((it) => it.trim() !== "");
    return [name, ["0", "1", "2", "130"].filter((code, index) => code === "2" || means[index])];
  });
}

const guard = (...args: string[]) => runNode([BIN, ...args]);

describe("bluegreen-guard", () => {
  it("answers no command with usage and exit code 2", async () => {
    expect(await guard()).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/^Usage: bluegreen-guard/) });
  });

  it.each(["watch", "status", "recreate", "cancel", "hello", "routes", "replay"])("says more of %s", async (name) => {
    const { code, out } = await guard(name, "--help");
    expect(code).toBe(0);
    expect(out).toContain(`bluegreen-guard ${name}`);
  });

  it("has the exit codes in the README that each command's usage names", async () => {
    const table = codesInReadme();
    expect(table.map(([name]) => name).sort()).toEqual(
      ["status", "recreate", "switchover", "cancel", "watch", "init", "hello", "doctor", "replay"].sort(),
    );
    for (const [name, codes] of table) {
      const [, said = ""] = (await guard(name, "--help")).out.split("Exit code: ");
      expect([name, [...new Set(said.match(/\b(?:0|1|2|130)\b/g))].sort()]).toEqual([name, [...codes].sort()]);
    }
  });
});
