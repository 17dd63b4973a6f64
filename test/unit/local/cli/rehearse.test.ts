import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as rds from "@aws-sdk/client-rds";
import { NormalizedSchema } from "@smithy/core/schema";
import { describe, expect, it } from "vitest";
import { REHEARSAL } from "../../../../local/cli/doctor/rehearse.ts";

/** Options of the AWS CLI itself. */
const GLOBAL = new Set(["query", "output"]);

/** The AWS CLI's commands in the text, each with the names of its options. */
const commands = [...REHEARSAL.replaceAll("\\\n", " ").matchAll(/^(?!#).*?\baws rds (?:wait )?([a-z-]+)(.*)$/gm)].map(
  ([, name = "", rest = ""]) => ({
    name,
    options: [...rest.replaceAll(/"[^"]*"/g, "").matchAll(/--([a-z-]+)/g)].map(([, option = ""]) => option),
  }),
);

const plain = (text: string): string => text.replaceAll("-", "").toLowerCase();

/** The members that an operation of RDS takes, in small letters. */
function membersOf(operation: string): string[] {
  const waited = { "db-instance-available": "DescribeDBInstances" }[operation];
  const found = Object.entries(rds).find(([name]) => name.endsWith("$") && plain(name) === `${plain(waited ?? operation)}$`);
  if (!found) throw new Error(`RDS has no operation ${operation}.`);
  const [, , , , input] = found[1] as unknown as [number, string, string, unknown, never];
  return [...NormalizedSchema.of(input).structIterator()].map(([name]) => plain(name));
}

describe("the rehearsal", () => {
  it("has commands to look at", () => expect(commands.length).toBeGreaterThan(10));

  it.each(commands)("names an operation of RDS with options that it takes: $name", ({ name, options }) => {
    const members = membersOf(name);
    const known = options.filter((it) => !GLOBAL.has(it)).map((it) => plain(it.replace(/^no-/, "")));
    expect(known.filter((it) => !members.includes(it))).toEqual([]);
  });

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
    const names = commands.map(({ name }) => name);
    expect(names.indexOf("delete-blue-green-deployment")).toBeLessThan(names.indexOf("delete-db-instance"));
    expect(REHEARSAL).not.toContain("delete-target");
  });
});
