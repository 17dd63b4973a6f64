import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { App } from "aws-cdk-lib";
import { afterAll, describe, expect, it } from "vitest";
import { PropsError } from "../../../infra/props.ts";
import { addStack } from "../../../infra/stack.ts";
import { statementsOf } from "../../support/infra/synth.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bluegreen-guard-synth-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the settings of a stack have to state. */
const STATED = { slackChannel: "C0123456789", slackSecret: "create", operators: "none", alarmEmail: "oncall@example.com" };

/**
 * Runs the app as the CDK's command does: by cdk.json, with context and folder in the environment, and here without credentials or home, in
 * a folder without settings.
 */
function runApp(out: string, context: Record<string, string>, more: Record<string, string> = {}) {
  const { app } = JSON.parse(readFileSync(join(ROOT, "cdk.json"), "utf8"));
  const [command, file] = app.split(" ");
  expect(command).toBe("node");
  const env = { CDK_OUTDIR: join(folder, out), CDK_CONTEXT_JSON: JSON.stringify(context), HOME: folder, TMPDIR: folder, ...more };
  return spawnSync(process.execPath, [join(ROOT, file)], { cwd: folder, env, encoding: "utf8" });
}

/** The messages that synth leaves for the CDK's command to print. */
function manifestOf(out: string): { messages: unknown[] } {
  const text = readFileSync(join(folder, out, "manifest.json"), "utf8");
  const { artifacts } = JSON.parse(text) as {
    artifacts: Record<string, { metadata?: Record<string, { data: unknown }[]>; additionalMetadataFile?: string }>;
  };
  const all = Object.values(artifacts).flatMap(({ metadata, additionalMetadataFile: file }) =>
    Object.values(metadata ?? (file ? JSON.parse(readFileSync(join(folder, out, file), "utf8")) : {})).flat(),
  ) as { data: unknown }[];
  return { messages: all.map(({ data }) => data) };
}

/** Makes what the app makes, without a process of its own. */
function synthesize(out: string, context: Record<string, string>): void {
  const app = new App({ outdir: join(folder, out), context });
  addStack(app, folder);
  app.synth();
}

const template = (out: string) => readFileSync(join(folder, out, "BlueGreenGuard.template.json"), "utf8");

describe("the app", () => {
  it("makes the same bytes each time, in a folder of any name", () => {
    expect(runApp("one", STATED)).toMatchObject({ status: 0, stderr: "" });
    synthesize("the-other", STATED);
    expect(template("the-other")).toBe(template("one"));
    const assets = (out: string) => readdirSync(join(folder, out)).filter((name) => name.startsWith("asset."));
    expect(assets("the-other")).toEqual(assets("one"));
    expect(assets("one").length).toBe(7);
  });

  it("names no partition, region, account or folder", () => {
    expect(template("one").length).toBeGreaterThan(20_000);
    expect(template("one")).not.toMatch(/arn:aws|(?:us|eu|ap|sa|ca|me|af|il|mx)(?:-gov)?-[a-z]+-\d|\b\d{12}\b/);
    expect(template("one")).not.toContain(ROOT);
  });

  it("makes a policy for people at a terminal, which gives nobody anything by itself", () => {
    const { Resources, Outputs } = JSON.parse(template("one"));
    const policies = Object.entries<{ Type: string; Properties: Record<string, unknown> }>(Resources).filter(
      ([, { Type }]) => Type === "AWS::IAM::ManagedPolicy",
    );
    expect(policies).toHaveLength(1);
    const [id, { Properties } = { Properties: {} as Record<string, unknown> }] = policies[0] ?? [];
    expect(Outputs.BlueGreenGuardOperatorPolicy.Value).toEqual({ Ref: id });
    for (const attached of ["Roles", "Users", "Groups"]) expect(Properties[attached] ?? []).toEqual([]);
    const actions = statementsOf(Properties).flatMap(({ Action }) => Action);
    expect(actions).toContain("events:PutEvents");
    expect(actions.filter((action) => /^rds:(?!Describe)/.test(action))).toEqual([]);
  });

  it("takes every prop from the context", () => {
    const context = {
      slackChannel: "C0123456789",
      slackSecret: "team/slack",
      operators: "U0123456789",
      watch: "tagged",
      stuckAfterHours: "12",
      alarmTopic: "arn:aws:sns:ap-northeast-1:123456789012:oncall",
      logRetention: "30",
      onDegraded: "recreate",
      settleMinutes: "15",
      maxRecreatesPerDay: "3",
      tagMayRaise: "true",
      monitoringRoleArns: "arn:aws:iam::123456789012:role/one, arn:aws:iam::123456789012:role/two",
      greenNames: "*-green-*,*-next",
    };
    synthesize("all", context);
    const made = template("all");
    expect(made).toContain('"WATCH": "tagged"');
    expect(made).toContain('"STUCK_AFTER_HOURS": "12"');
    expect(made).toContain('"RetentionInDays": 30');
    expect(made).toContain(context.alarmTopic);
    expect(made).toContain(":secret:team/slack");
    expect(made).not.toContain('"AWS::SecretsManager::Secret"');
    for (const set of ['"ON_DEGRADED": "recreate"', '"SETTLE_MINUTES": "15"', '"MAX_RECREATES_PER_DAY": "3"', '"TAG_MAY_RAISE": "true"'])
      expect(made).toContain(set);
    for (const role of ["one", "two"]) expect(made).toContain(`"arn:aws:iam::123456789012:role/${role}"`);
    expect(made).toContain(":cluster:*-next");
  });

  it("leaves out what recreates where the context says so", () => {
    synthesize("without", { ...STATED, operations: "false" });
    expect(template("without")).not.toMatch(/Recreate|Durable|rds:Delete|rds:Switchover|OperatorPolicy/);
  });

  it("takes the settings from the file beside it", () => {
    const own = mkdtempSync(join(folder, "own-"));
    writeFileSync(join(own, "bluegreen-guard.json"), JSON.stringify({ ...STATED, watch: "tagged" }));
    const app = new App({ outdir: join(folder, "file") });
    addStack(app, own);
    app.synth();
    expect(template("file")).toContain('"WATCH": "tagged"');
  });

  it("says what the Region lacks that the CDK deploys to, and makes the same template there", () => {
    const region = { CDK_DEFAULT_REGION: "ap-south-2" };
    const { status, stderr } = runApp("lacking", STATED, region);
    expect(status).toBe(0);
    expect(stderr).toBe("");
    const { messages } = manifestOf("lacking");
    expect(messages).toContainEqual(expect.stringMatching(/^ap-south-2 has no Lambda Function URLs .* Set commands to false/));
    expect(template("lacking")).toBe(template("one"));
  });

  it("prints in one line what is refused, and fails", () => {
    const line =
      'The context of the CDK (-c key=value, or "context" in cdk.json) is refused: watch takes "all" or "tagged"; received "some".\n';
    expect(runApp("refused", { ...STATED, watch: "some" })).toMatchObject({ status: 1, stderr: line });
  });

  it("prints in one line what is not stated, and how to state it", () => {
    const { operators: _, ...others } = STATED;
    const line = /^operators is missing: .+ State it in bluegreen-guard\.json, .+\n$/;
    expect(runApp("missing", others)).toMatchObject({ status: 1, stderr: expect.stringMatching(line) });
  });

  it.each([
    ["stuckAfterHours", "soon", "a number of hours, 1 to 336"],
    ["settleMinutes", "a while", "a number of minutes, 1 to 120"],
    ["tagMayRaise", "yes", "true or false"],
    ["operations", "1", "true or false"],
    ["alarmTopic", "oncall", "the ARN of an SNS topic"],
    ["logRetention", "2", "a number of days that CloudWatch Logs has (1, 3, 5, 7, "],
  ])("refuses %s=%s from the context", (key, value, takes) => {
    const read = () => synthesize("refused", { ...STATED, [key]: value });
    expect(read).toThrow(PropsError);
    expect(read).toThrow(`${key} takes ${takes}`);
    expect(read).toThrow(new RegExp(`received "?${value}"?\\.$`));
  });
});
