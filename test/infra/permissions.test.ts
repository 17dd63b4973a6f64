import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { listOf, type Synthesized, statementsOf, synth } from "./synth.ts";

const PAGE = readFileSync(new URL("../../docs/permissions.md", import.meta.url), "utf8");

let guard: Synthesized;
beforeAll(async () => {
  guard = await synth();
}, 60_000);

const statements = (role: string) => statementsOf(guard.properties("AWS::IAM::Policy", `Guard${role}Role`));
const actions = (role: string) => statements(role).flatMap(({ Action }) => listOf(Action));

/** The rows of the table below a heading: the action, and the cells after it. */
function rows(heading: string): [string, string[]][] {
  const section = PAGE.split(/^## /m).find((it) => it.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^\| `([\w:]+)` \|(.+)\|$/gm)].map((row) => [row[1] ?? "", (row[2] ?? "").split("|").map((it) => it.trim())]);
}

describe.each(["Watch", "Sweep", "Schedule"])("the role of %s", (role) => {
  it("may do what the page of permissions lists, and nothing else", () => {
    expect(actions(role).sort()).toEqual(
      rows(role)
        .map(([action]) => action)
        .sort(),
    );
    expect(actions(role).length).toBeGreaterThan(1);
  });

  it("has a reason for each action", () => {
    for (const [, [on = "", why = ""]] of rows(role)) {
      expect(on).not.toBe("");
      expect(why).toMatch(/\w+ \w+/);
    }
  });

  it("changes nothing in RDS", () => {
    expect(actions(role).filter((action) => action.startsWith("rds:") && !action.startsWith("rds:Describe"))).toEqual([]);
  });

  it("is attached to nothing that AWS manages", () => {
    expect(guard.properties("AWS::IAM::Role", `Guard${role}Role`)["ManagedPolicyArns"]).toBeUndefined();
  });

  it("names every resource, but for traces and RDS's events", () => {
    const everything = statements(role).filter(({ Resource }) => listOf(Resource).includes("*"));
    const allowed = ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "rds:DescribeEvents"];
    expect(everything.flatMap(({ Action }) => listOf(Action)).filter((action) => !allowed.includes(action))).toEqual([]);
  });
});
