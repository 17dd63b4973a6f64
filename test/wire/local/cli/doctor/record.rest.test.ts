import { chmod, mkdtemp, readFile, readlink, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { SLACK_SECRET } from "../../../../../lab/secrets.ts";
import { whyNotWritable, writeRecording } from "../../../../../local/cli/doctor/record/record.ts";
import { createRecorder } from "../../../../../local/cli/doctor/record/recorder.ts";
import type { Recording } from "../../../../../local/recording.ts";
import { type DoctorLab, GIVEN, openDoctorLab } from "../../../../support/local/doctor-lab.ts";

/** What a person would not share, planted where AWS and Slack say it. */
const PLANTED = [
  "payroll",
  "pager-key-7f3a",
  "hunter2",
  "personnel",
  "210987654321",
  "cost-centre",
  "CC-4711",
  "oncall-person",
  "hunter3",
  "s3:Acme",
] as const;

interface Policy {
  Statement: { Sid?: string; Resource: unknown }[];
}

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-record-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "doctor.json");
}

async function plant(lab: DoctorLab): Promise<void> {
  const instances = [{ identifier: "payroll-1", class: "db.t4g.medium", parameterGroup: "blue-instance-14" }];
  const tags = { "cost-centre": "CC-4711" };
  lab.rds.addCluster({
    identifier: "payroll",
    engine: "aurora-postgresql",
    engineVersion: "14.10",
    parameterGroup: "blue-14",
    instances,
    tags,
  });
  await lab.create("payroll");
  lab.change("AWS::SNS::Subscription", "GuardAlarmsTopic", "Endpoint", "https://alarms.example.net/pager-key-7f3a");
  const { template } = lab.account.stack ?? {};
  if (template?.Outputs) template.Outputs["DatabasePassword"] = { Value: "hunter2" };
  if (template) template.Resources["Personnel"] = { Type: "AWS::SQS::Queue", Properties: {} };
  const policies = Object.values(template?.Resources ?? {}).flatMap(
    ({ Properties }) => (Properties?.["PolicyDocument"] as Policy)?.Statement ?? [],
  );
  for (const statement of policies)
    if (statement.Sid === "PassMonitoringRoles") statement.Resource = "arn:aws:iam::210987654321:role/oncall-person";
  lab.variable("DD_API_KEY", "hunter3");
  const [own] = Object.values(template?.Resources ?? {}).filter(
    ({ Type, Properties }) => Type === "AWS::IAM::Policy" && JSON.stringify(Properties?.["PolicyDocument"]).includes("PassMonitoringRoles"),
  );
  const document = { Statement: { Effect: "Allow", Action: "s3:Acme", Resource: "*" } };
  if (template && own)
    template.Resources["Extra"] = { Type: "AWS::IAM::Policy", Properties: { Roles: own.Properties?.["Roles"], PolicyDocument: document } };
  lab.change("AWS::Lambda::Function", "GuardSweepFunction", "Role", "arn:aws:iam::210987654321:role/oncall-person");
}

async function recorded(lab: DoctorLab) {
  const recorder = createRecorder();
  const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };
  const lines = await lab.doctor({
    sdk: { endpoint: lab.url, region: "ap-northeast-1", credentials, equip: recorder.equip },
    slack: { apiUrl: `${lab.url}/slack/api/`, fetch: recorder.fetch },
  });
  const file = await temporary();
  await writeRecording(file, recorder.exchanges, { account: "123456789012", region: "ap-northeast-1", now: Date.now });
  const text = await readFile(file, "utf8");
  return { lines, file, text, recording: JSON.parse(text) as Recording };
}

const SAME = [
  ...[
    "concurrency",
    "bus",
    "bootstrap",
    "scheduler",
    "slack-bot",
    "stack",
    "functions",
    "aliases",
    "mapping",
    "routes",
    "requests",
    "ends",
  ],
  ...["schedule", "queues", "alarms", "metrics", "watch", "answer"],
];

describe("doctor --record", () => {
  it("writes down what was answered, for its owner to read, and the lab answers the same to another doctor", async () => {
    const first = await openDoctorLab();
    first.account.concurrency = { all: 77, unreserved: 55 };
    first.account.messages.set("bluegreen-guard-schedule-dead-letters", 3);
    first.change("AWS::Events::Rule", "GuardRoutescluster", "State", "DISABLED");
    const { lines, file, recording } = await recorded(first);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(recording).toMatchObject({ version: 1, region: "ap-northeast-1" });
    const second = await openDoctorLab({ recording });
    const again = await second.doctor({}, SAME);
    for (const id of SAME)
      expect([id, again.get(id)?.result, again.get(id)?.todo]).toEqual([id, lines.get(id)?.result, lines.get(id)?.todo]);
    expect(again.get("concurrency")?.came).toBe("77 at once, 55 of them not reserved");
    expect(again.get("routes")).toMatchObject({ result: "fail", came: "3 rules, 2 of them enabled" });
    expect(again.get("queues")).toMatchObject({ result: "fail", came: "SweepDeadLetters 3" });
  });

  it("leaves out secrets, account ids, and names of people, databases and of what is not the guard's", async () => {
    const lab = await openDoctorLab();
    await plant(lab);
    const { text } = await recorded(lab);
    expect(PLANTED.filter((it) => text.includes(it))).toEqual([]);
    expect(text).not.toMatch(/xoxb-lab|lab-signing-secret|lab\.slack\.com|U0GUARD|C0BLUEGREEN/);
    expect(text).toContain("ListRuleNamesByTarget");
    expect(text).toContain("PassMonitoringRoles");
    expect(text).toContain("<DBClusters>");
  });

  it("is for its owner to read alone also where others could read the file, and leaves nothing of what was in it", async () => {
    const file = await temporary();
    await writeFile(file, "x".repeat(10_000), { mode: 0o644 });
    await chmod(file, 0o644);
    expect(await whyNotWritable(file)).toBeUndefined();
    await chmod(file, 0o644);
    await writeRecording(file, [], { account: "123456789012", region: "ap-northeast-1", now: Date.now });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ exchanges: [] });
  });

  it("leaves a link that leads nowhere as it was while nothing is written, and writes where it leads", async () => {
    const file = await temporary();
    const link = `${file}.link`;
    await symlink(file, link);
    expect(await whyNotWritable(link)).toBeUndefined();
    expect(await readlink(link)).toBe(file);
    await expect(stat(file)).rejects.toThrow("ENOENT");
    await writeRecording(link, [], { account: "123456789012", region: "ap-northeast-1", now: Date.now });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readlink(link)).toBe(file);
  });

  it("is written by the command, which says so", async () => {
    const lab = await openDoctorLab({ deployed: false });
    const file = await temporary();
    const { code, out } = await lab.run(["--record", file], { ...GIVEN, slackSecret: SLACK_SECRET });
    expect(code).toBe(0);
    expect(out).toContain(`What was answered stands in ${file}. Read it before you share it.`);
    const { exchanges } = JSON.parse(await readFile(file, "utf8")) as Recording;
    const services = [...new Set(exchanges.map(({ service }) => service))].sort();
    expect(services).toEqual(["cloudformation", "events", "lambda", "rds", "slack", "ssm"]);
  });
});
