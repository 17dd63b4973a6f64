import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { REHEARSAL } from "../../../../local/cli/doctor/rehearse.ts";

describe("the rehearsal", () => {
  it("is for a person to run: no code of the guard creates or deletes a database", () => {
    const sources = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "src", "infra", "local", "bin"], {
      encoding: "utf8",
    }).split("\n");
    const running = sources.filter((file) => file.endsWith(".ts") && /(Create|Delete)DB\w*Command/.test(readFileSync(file, "utf8")));
    expect(running).toEqual([]);
  });

  it("asks RDS for the name of what the guard recreated: recreation gives it another", () => {
    const [, after = ""] = REHEARSAL.split("/bluegreen recreate bluegreen-guard-rehearsal");
    expect(after).toContain('echo "/bluegreen switchover $RECREATED"');
    expect(after).not.toMatch(/(switchover|status) bluegreen-guard-rehearsal/);
  });

  it("sets each of the shell's variables before it uses it", () => {
    const used = [...REHEARSAL.matchAll(/\$\{?([A-Za-z]+)/g)];
    expect(used.length).toBeGreaterThan(8);
    const unset = used.filter(({ index, 1: name = "" }) => !new RegExp(`^(${name}=|for ${name} in)`, "m").test(REHEARSAL.slice(0, index)));
    expect(unset.map(([text]) => text)).toEqual([]);
  });

  it("deletes the deployment before anything else, and never green with it", () => {
    const names = [...REHEARSAL.matchAll(/^(?!#).*?\baws rds ([a-z-]+)/gm)].map(([, name]) => name);
    expect(names).toContain("delete-blue-green-deployment");
    expect(names.indexOf("delete-blue-green-deployment")).toBeLessThan(names.indexOf("delete-db-instance"));
    expect(REHEARSAL).not.toContain("delete-target");
  });
});
