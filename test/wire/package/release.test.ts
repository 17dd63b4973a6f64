import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

interface Job {
  needs?: string;
  environment?: string;
  permissions?: Record<string, string>;
  steps: { run?: string; uses?: string; with?: Record<string, unknown>; env?: Record<string, string> }[];
}

const text = readFileSync(".github/workflows/release.yml", "utf8");
const workflow = parse(text) as { on: unknown; permissions: object; jobs: Record<"check" | "pack" | "publish", Job> };
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

const release = (tag: string) => spawnSync(process.execPath, ["infra/release.ts", tag], { encoding: "utf8" });

describe("a release", () => {
  it("is of the version that the package and the dated changelog have", () => {
    const { status, stdout } = release(`v${version}`);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^- \S.+\n- /);
    expect(readFileSync("CHANGELOG.md", "utf8")).toMatch(
      new RegExp(`^## ${version.replaceAll(".", "\\.")} \\(\\d{4}-\\d\\d-\\d\\d\\)$`, "m"),
    );
  });

  it("is refused for any other tag, with what to do", () => {
    const { status, stderr } = release("v99.0.0");
    expect(status).not.toBe(0);
    expect(stderr).toContain(`The tag is v99.0.0, and package.json has ${version}: tag v${version}, or change the version.`);
  });

  it("is made of a tag, once everything is tested, and publishes what was packed", () => {
    expect(workflow.on).toEqual({ push: { tags: ["v*"] } });
    const { check, pack, publish } = workflow.jobs;
    expect(check.steps.map(({ run }) => run)).toContain(".ci/run");
    expect([pack.needs, publish.needs]).toEqual(["check", "pack"]);
    expect(publish.steps.some(({ uses }) => uses?.startsWith("actions/checkout"))).toBe(false);
    expect(publish.steps.map(({ run }) => run)).toContain("npm publish ./packed/*.tgz --provenance --access public");
  });

  it("is published by GitHub's identity alone: no job has a secret, and only that one may sign", () => {
    expect(workflow.permissions).toEqual({});
    const { check, pack, publish } = workflow.jobs;
    expect([check.permissions, pack.permissions]).toEqual([{ contents: "read" }, { contents: "read" }]);
    expect(publish.permissions).toEqual({ contents: "write", "id-token": "write" });
    expect(publish.environment).toBe("npm");
    expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN|_authToken/);
  });

  it("comes with what changed, and with the licences of all that is bundled", () => {
    const [last] = workflow.jobs.publish.steps.slice(-1);
    expect(last?.run).toContain("packed/THIRD-PARTY.txt --notes-file packed/CHANGES.md");
  });

  it("uses actions of GitHub's own alone", () => {
    const used = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
    expect(used.filter((it) => !/^actions\/[a-z-]+@v\d+$/.test(it))).toEqual([]);
  });
});
