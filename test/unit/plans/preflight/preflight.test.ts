import { describe, expect, it } from "vitest";
import type { DeploymentView } from "../../../../src/deployments/deployment.ts";
import { known } from "../../../../src/plans/answer.ts";
import { worstOf } from "../../../../src/plans/checks.ts";
import { preflight } from "../../../../src/plans/preflight/preflight.ts";
import { type PreflightAnswers, preflightQuestion } from "../../../../src/plans/preflight/question.ts";
import type { AskedFields } from "../../../../src/plans/spec/settled.ts";
import { type Changes, goodAnswers, rdsView, refused, specFor, viewOf } from "../../../support/deployments/recreating.ts";
import { cluster, first, instance } from "../../../support/deployments/upgrade.ts";
import { inWords } from "../../../support/finding-in-words.ts";

interface Setting {
  view?: DeploymentView;
  asked?: AskedFields;
  answers?: Partial<PreflightAnswers>;
}

function checksOf({ view = viewOf(), asked = {}, answers = {} }: Setting = {}) {
  const spec = specFor(view, asked);
  const question = preflightQuestion(view, spec);
  if (!question) throw new Error("Blue is there.");
  return preflight(view, spec, { ...goodAnswers(question), ...answers }).map(inWords);
}

const found = (id: string, setting: Setting = {}) => checksOf(setting).find((check) => check.id === id);
const blue = (change: Changes[string]): Setting => ({ view: viewOf(first(), { "db-cluster": change }) });
const configured = (configuration: NonNullable<Changes[string]>["configuration"]): Setting => blue({ configuration });
const postgres = (asked = "15.5") => ({
  view: rdsView({
    orders: { engine: "postgres", engineVersion: "14.10" },
    "orders-green-a1b2c3": { engine: "postgres", engineVersion: asked },
  }),
});

it("a healthy upgrade passes every check, of a cluster and of an RDS instance", () => {
  for (const view of [viewOf(), rdsView()]) expect(checksOf({ view }).filter(({ result }) => result !== "pass")).toEqual([]);
});

it("every check that does not pass says what to do", () => {
  const view = viewOf(first(), { "db-cluster": { status: "weird", configuration: { backupRetentionPeriod: 0, managedPassword: true } } });
  const answers: Partial<PreflightAnswers> = { parameters: refused, blueVersion: refused, targetVersion: refused, permissions: refused };
  const bad = checksOf({ view, answers }).filter(({ result }) => result !== "pass");
  expect(bad.length).toBeGreaterThan(5);
  for (const { remedy } of bad) expect(remedy).toMatch(/\.$/);
});

it("where blue does not exist only that is said", () => {
  const view = viewOf();
  const spec = specFor(view);
  const without = { ...view, databases: view.databases.filter(({ arn }) => arn !== cluster("db-cluster")) };
  expect(preflightQuestion(without, spec)).toBeUndefined();
  const [check, ...others] = preflight(without, spec, { groups: [], blueVersion: refused, targetVersion: refused, permissions: refused });
  expect(check).toMatchObject({ id: "blue-available", result: "fail" });
  expect(others).toEqual([]);
});

it.each<[string, Partial<PreflightAnswers>]>([
  ["replication-parameters", { parameters: refused }],
  ["upgrade-target", { blueVersion: refused }],
  ["parameter-groups", { targetVersion: refused }],
  ["parameter-groups", { groups: [{ kind: "cluster", name: "cluster-15", answer: refused }] }],
  ["parameter-groups", { groups: [] }],
  ["permissions", { permissions: refused }],
])("%s is unknown, and nothing else, where AWS did not answer it", (id, answers) => {
  expect(checksOf({ answers }).filter(({ result }) => result !== "pass")).toMatchObject([{ id, result: "unknown" }]);
});

it.each(["blue-available", "writer-in-sync", "backups", "master-password", "topology", "cloudformation"])(
  "%s is judged from what RDS shows of blue, and without it unknown or a failure",
  (id) => {
    const view = viewOf();
    const bare = view.databases.map(({ configuration: _, ...it }) => ({ ...it, status: "" }));
    expect(["unknown", "fail"]).toContain(found(id, { view: { ...view, databases: bare } })?.result);
  },
);

describe("blue-available", () => {
  it.each([
    ["backing-up", "warn"],
    ["modifying", "warn"],
    ["configuring-enhanced-monitoring", "warn"],
    ["stopped", "fail"],
    ["failed", "fail"],
    ["incompatible-parameters", "fail"],
    ["upgrading", "fail"],
    ["something-new", "unknown"],
    ["", "unknown"],
  ])("a blue that is %j is %s", (status, result) => expect(found("blue-available", blue({ status }))?.result).toBe(result));

  it("a member counts as the cluster does, and green does not", () => {
    const view = viewOf(first(), { "db-instance-writer": { status: "stopped" } });
    expect(found("blue-available", { view })).toMatchObject({
      result: "fail",
      reason: "Blue is not available: db-instance-writer is stopped.",
    });
    expect(found("blue-available", { view: viewOf(first(), { "db-cluster-green-ak5mgh": { status: "stopped" } }) })?.result).toBe("pass");
  });
});

describe("writer-in-sync", () => {
  const writer = (parameterGroupStatus?: string) =>
    configured({
      clusterMembers: [
        { identifier: "r", writer: false },
        { identifier: "w", writer: true, parameterGroupStatus },
      ],
    });
  const grouped = (view: DeploymentView, status: string) => ({
    view: { ...view, databases: view.databases.map((it) => ({ ...it, parameterGroups: [{ name: "p", status }] })) },
  });

  it("fails for a cluster whose writer waits for a reboot", () => {
    expect(found("writer-in-sync", writer("pending-reboot"))).toMatchObject({
      result: "fail",
      reason: expect.stringContaining("Blue's writer w is not in sync"),
    });
    expect(found("writer-in-sync", writer())?.result).toBe("unknown");
  });

  it("fails for RDS PostgreSQL with a major upgrade, and warns where the engine does not need it", () => {
    expect(found("writer-in-sync", grouped(postgres().view, "pending-reboot"))?.result).toBe("fail");
    expect(found("writer-in-sync", grouped(postgres("14.11").view, "pending-reboot"))?.result).toBe("warn");
    expect(found("writer-in-sync", grouped(rdsView(), "pending-reboot"))?.result).toBe("warn");
  });
});

describe("replication-parameters", () => {
  const parameters = (values: Record<string, string>): Partial<PreflightAnswers> => ({ parameters: known(values) });
  const mysql = blue({ engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.05.2" });

  it.each([
    ["1", "pass"],
    ["on", "pass"],
    ["0", "fail"],
    ["off", "fail"],
  ])("rds.logical_replication %s of Aurora PostgreSQL: %s", (value, result) => {
    expect(found("replication-parameters", { answers: parameters({ "rds.logical_replication": value }) })?.result).toBe(result);
  });

  it.each([
    ["ROW", "pass"],
    ["MIXED", "warn"],
    ["OFF", "fail"],
  ])("binlog_format %s of Aurora MySQL: %s", (value, result) => {
    expect(found("replication-parameters", { ...mysql, answers: parameters({ binlog_format: value }) })?.result).toBe(result);
  });

  it("a parameter that the answer does not list is unknown, not off", () => {
    expect(found("replication-parameters", { answers: parameters({}) })?.result).toBe("unknown");
    expect(found("replication-parameters", { ...mysql, answers: parameters({}) })?.result).toBe("unknown");
  });

  it("RDS PostgreSQL needs it for a major upgrade alone, MySQL never", () => {
    const off = parameters({ "rds.logical_replication": "0" });
    expect(found("replication-parameters", { ...postgres(), answers: off })?.result).toBe("fail");
    expect(found("replication-parameters", { ...postgres("14.11"), answers: off })?.result).toBe("pass");
    expect(found("replication-parameters", { view: rdsView() })?.result).toBe("pass");
  });
});

it("blue without backups fails, and so does a managed password on blue or on a member", () => {
  expect(found("backups", configured({ backupRetentionPeriod: 0 }))?.result).toBe("fail");
  expect(found("master-password", configured({ managedPassword: true }))?.result).toBe("fail");
  const view = viewOf(first(), { "db-instance-writer": { configuration: { managedPassword: true } } });
  expect(found("master-password", { view })?.result).toBe("fail");
});

it.each<[string, Setting]>([
  ["a Multi-AZ DB cluster", configured({ multiAzCluster: true })],
  ["a cluster of RDS's own engine", blue({ engine: "postgres" })],
  ["Aurora Serverless v1", configured({ engineMode: "serverless" })],
  ["a replica", configured({ replicaOf: "arn:aws:rds:us-east-1:123456789012:cluster:primary" })],
  ["a secondary cluster of a global database", configured({ forwardsWrites: true })],
  ["a primary with a cross-Region replica", configured({ replicas: ["arn:aws:rds:us-east-1:123456789012:cluster:far"] })],
])("%s fails", (_what, setting) => expect(found("topology", setting)?.result).toBe("fail"));

it("a replica of a replica fails; blue's own replicas and green do not", () => {
  const reader = { source: instance("reader"), target: instance("reader-green-d4e5f6"), status: "AVAILABLE" };
  const members = [{ source: instance("orders"), target: instance("orders-green-a1b2c3"), status: "AVAILABLE" }, reader];
  const withReplicas = (orders: string[], its: string[]) =>
    rdsView(
      { orders: { configuration: { replicas: orders } }, reader: { engine: "mysql", configuration: { replicas: its } } },
      { members },
    );
  const green = instance("orders-green-a1b2c3");
  expect(found("topology", { view: withReplicas(["reader", "orders-green-a1b2c3", green], ["reader-green-d4e5f6"]) })?.result).toBe("pass");
  expect(found("topology", { view: withReplicas(["reader"], ["cascaded"]) })?.result).toBe("fail");
});

it("an engine without blue/green deployments fails", () => {
  expect(found("engine", blue({ engine: "oracle-ee" }))?.result).toBe("fail");
});

describe("upgrade-target", () => {
  const targets = (validUpgradeTargets: string[]) => ({
    answers: { blueVersion: known({ family: "aurora-postgresql14", validUpgradeTargets }) },
  });

  it("fails where RDS lists other versions, and names them", () => {
    expect(found("upgrade-target", targets(["15.6", "16.4"]))).toMatchObject({
      result: "fail",
      remedy: expect.stringContaining("15.6, 16.4"),
    });
  });

  it("is unknown where RDS lists none, and passes where the version stays", () => {
    expect(found("upgrade-target", targets([]))?.result).toBe("unknown");
    expect(found("upgrade-target", { answers: { blueVersion: known(undefined) } })?.result).toBe("unknown");
    expect(found("upgrade-target", { asked: { targetEngineVersion: "14.10" }, answers: { blueVersion: refused } })?.result).toBe("pass");
  });
});

describe("parameter-groups", () => {
  const groups = (cluster: string | undefined, db = "aurora-postgresql15"): Setting => ({
    answers: {
      groups: [
        { kind: "cluster", name: "cluster-15", answer: known(cluster ? { name: "cluster-15", family: cluster } : undefined) },
        { kind: "instance", name: "instance-15", answer: known({ name: "instance-15", family: db }) },
      ],
    },
  });

  it("fail where one does not exist or is of another family", () => {
    expect(found("parameter-groups", groups(undefined))).toMatchObject({
      result: "fail",
      reason: expect.stringContaining("There is no cluster"),
    });
    expect(found("parameter-groups", groups("aurora-postgresql14"))?.result).toBe("fail");
    expect(found("parameter-groups", groups("aurora-postgresql15", "aurora-postgresql16"))?.result).toBe("fail");
  });

  it("AWS's default groups exist without being asked for, and have to fit too", () => {
    const asked = (family: string) => ({
      targetDBClusterParameterGroupName: `default.${family}`,
      targetDBParameterGroupName: `default.${family}`,
    });
    const spec = specFor(viewOf(), asked("aurora-postgresql15"));
    expect(preflightQuestion(viewOf(), spec)?.groups).toEqual([]);
    expect(found("parameter-groups", { asked: asked("aurora-postgresql15") })?.result).toBe("pass");
    expect(found("parameter-groups", { asked: asked("aurora-postgresql14") })?.result).toBe("fail");
  });
});

it("an option group of one's own fails for MySQL's major upgrade alone", () => {
  const own = (version: string) => ({
    view: rdsView({ orders: { configuration: { optionGroups: ["audit"] } }, "orders-green-a1b2c3": { engineVersion: version } }),
  });
  expect(found("option-group", own("8.4.3"))?.result).toBe("fail");
  expect(found("option-group", own("8.0.40"))?.result).toBe("pass");
});

it("a CloudFormation stack warns and is named", () => {
  const tags = { "aws:cloudformation:stack-name": "orders-db" };
  expect(found("cloudformation", configured({ tags }))).toMatchObject({
    result: "warn",
    reason: expect.stringContaining("stack orders-db made"),
  });
});

describe("a global database", () => {
  const { members } = first();
  const global = "arn:aws:rds::123456789012:global-cluster:world";

  it.each([
    ["is that of blue's cluster", viewOf(first(), { "db-cluster": { configuration: { globalClusterIdentifier: "world" } } })],
    ["is a member of the deployment", viewOf(first({ members: [...members, { source: global, status: "AVAILABLE" }] }))],
  ])("fails where it %s: the guard has no rights in its other Regions", (_, view) => {
    expect(found("global-database", { view })).toMatchObject({
      result: "fail",
      reason: expect.stringContaining("Aurora Global Database world: the guard does not recreate its deployment"),
    });
  });

  it("is asked for by no further permission: nothing is granted for it", () => {
    expect(found("global-database", { view: viewOf() })?.result).toBe("pass");
  });
});

it("more tags than RDS takes fail before anything is deleted", () => {
  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, "x"]));
  expect(found("tags", { view: viewOf(first({ tags: tags(47) })) })?.result).toBe("pass");
  expect(found("tags", { view: viewOf(first({ tags: tags(48) })) })?.result).toBe("fail");
  expect(found("tags", { view: viewOf(first({ tags: { ...tags(47), "bluegreen-guard:base": "x" } })) })?.result).toBe("pass");
});

it("the worst result of a list is fail, then unknown, then warn", () => {
  const list = (...results: ("pass" | "warn" | "fail" | "unknown")[]) =>
    results.map((result) => ({ id: "x", result, found: { code: "no-stack" as const } }));
  expect(worstOf(list("pass", "warn", "unknown", "fail"))).toBe("fail");
  expect(worstOf(list("pass", "warn", "unknown"))).toBe("unknown");
  expect(worstOf(list("pass", "warn"))).toBe("warn");
  expect(worstOf([])).toBe("pass");
});
