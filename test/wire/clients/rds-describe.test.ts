import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { describe, expect, it } from "vitest";
import { createLabIam } from "../../../lab/iam.ts";
import { createLabRds } from "../../../lab/rds/rds.ts";
import { VirtualClock } from "../../../local/clock.ts";
import { createRdsDescribe } from "../../../src/clients/rds/describe/describe.ts";
import { createPermissions, principalOf } from "../../../src/clients/rds/describe/permissions.ts";
import { unanswered } from "../../../src/messages/en/findings/not-answered.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import type { PreflightQuestion } from "../../../src/plans/preflight/question.ts";
import { listening } from "../../support/lab/rds.ts";

const REGION = "ap-northeast-1";
const ARN = `arn:aws:rds:${REGION}:123456789012`;
const ROLE = "arn:aws:iam::123456789012:role/bluegreen-guard-recreate";

/** RDS and IAM of the lab on one address, as in AWS's own environment, and a client that asks them. */
async function setUp({ timeoutMs }: { timeoutMs?: number } = {}) {
  const rds = createLabRds({ clock: new VirtualClock(0), deliver: async () => {} });
  const iam = createLabIam();
  const both = (request: Request) => (request.headers.get("authorization")?.includes("/iam/") ? iam.fetch(request) : rds.fetch(request));
  const endpoint = await listening(createServer(getRequestListener(both)));
  const options = { endpoint, region: REGION, credentials: { accessKeyId: "lab", secretAccessKey: "lab" }, timeoutMs };
  return { rds, iam, endpoint, describe: createRdsDescribe(options), permissions: createPermissions(options) };
}

it("reads a group's family, and that a group does not exist", async () => {
  const { rds, describe } = await setUp();
  rds.parameterGroups.add({ kind: "cluster", name: "orders-15", family: "aurora-postgresql15" });
  rds.parameterGroups.add({ kind: "db", name: "orders-15", family: "postgres15" });
  expect(await describe.parameterGroup("cluster", "orders-15")).toEqual({
    known: true,
    value: { name: "orders-15", family: "aurora-postgresql15" },
  });
  expect(await describe.parameterGroup("instance", "orders-15")).toEqual({
    known: true,
    value: { name: "orders-15", family: "postgres15" },
  });
  expect(await describe.parameterGroup("cluster", "nowhere")).toEqual({ known: true, value: undefined });
  expect(await describe.parameterGroup("instance", "nowhere")).toEqual({ known: true, value: undefined });
});

it.each(["cluster", "instance"] as const)(
  "finds a parameter on the last page of a %s group, and leaves out what has no value",
  async (kind) => {
    const { rds, describe } = await setUp();
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`a_${index}`, "1"]));
    const parameters = { ...many, zz_last: "ROW", zz_empty: undefined };
    rds.parameterGroups.add({ kind: kind === "cluster" ? "cluster" : "db", name: "orders", family: "mysql8.0", parameters });
    expect(await describe.parameters(kind, "orders", ["zz_last", "zz_empty", "zz_missing"])).toEqual({
      known: true,
      value: { zz_last: "ROW" },
    });
    expect(rds.calls.length).toBeGreaterThan(2);
  },
);

it("reads what a version can be upgraded to, and that a version is not listed", async () => {
  const { rds, describe } = await setUp();
  rds.engineVersions.set("aurora-postgresql", new Set(["14.10", "15.5", "16.4"]));
  expect(await describe.engineVersion("aurora-postgresql", "14.10")).toEqual({
    known: true,
    value: { family: "aurora-postgresql14", validUpgradeTargets: ["15.5", "16.4"] },
  });
  expect(await describe.engineVersion("aurora-postgresql", "15")).toEqual({ known: true, value: undefined });
});

it("a call that RDS refuses is not known, with RDS's own words", async () => {
  const { describe } = await setUp();
  expect(await describe.parameters("cluster", "nowhere", ["binlog_format"])).toEqual({
    known: false,
    why: {
      code: "refused",
      call: "DescribeDBClusterParameters",
      error: "DBClusterParameterGroupNotFoundFault",
      text: "DBClusterParameterGroup not found: nowhere",
    },
  });
});

it("a call that is answered with a proxy's page is not known", async () => {
  const { rds, describe } = await setUp();
  rds.faults.htmlPage({ times: 5 });
  expect(await describe.parameterGroup("instance", "orders")).toMatchObject({ known: false });
});

it("a call that is not answered is not known once its time is over, tries included", async () => {
  const { rds, describe } = await setUp({ timeoutMs: 150 });
  rds.faults.hang({ times: 50 });
  const begun = performance.now();
  expect(await describe.parameterGroup("cluster", "orders")).toEqual({
    known: false,
    why: { code: "timed-out", call: "DescribeDBClusterParameterGroups", seconds: 0.15 },
  });
  expect(performance.now() - begun).toBeLessThan(1_000);
});

const CREATE = { action: "rds:CreateDBCluster", resource: `${ARN}:cluster:orders-green-000000` };
const PASS = {
  action: "iam:PassRole",
  resource: "arn:aws:iam::123456789012:role/monitoring",
  context: { "iam:PassedToService": "rds.amazonaws.com" },
};

it("IAM is asked for each action on its own resource, with its condition keys", async () => {
  const { iam, permissions } = await setUp();
  iam.deny(({ action }) => (action === "iam:PassRole" ? { decision: "explicitDeny" } : undefined));
  expect(await permissions.simulate(ROLE, [CREATE, PASS])).toEqual({
    known: true,
    value: [
      { ...CREATE, decision: "allowed", incomplete: false },
      { ...PASS, decision: "explicitDeny", incomplete: false },
    ],
  });
  expect(iam.asked.toSorted((a, b) => (a.action > b.action ? -1 : 1))).toEqual([
    { principal: ROLE, action: CREATE.action, resource: CREATE.resource, context: {} },
    { principal: ROLE, ...PASS },
  ]);
});

it("a denial whose condition asks for a value that nobody gave is marked as incomplete", async () => {
  const { iam, permissions } = await setUp();
  iam.deny(() => ({ decision: "implicitDeny", missing: ["aws:RequestTag/team"] }));
  expect(await permissions.simulate(ROLE, [CREATE])).toEqual({
    known: true,
    value: [{ ...CREATE, decision: "implicitDeny", incomplete: true }],
  });
});

it("who may not ask IAM, asks of a principal that is not there, or of none, learns nothing", async () => {
  const { iam, permissions } = await setUp();
  expect(await permissions.simulate(undefined, [CREATE])).toMatchObject({ known: false });
  iam.principals = new Set(["arn:aws:iam::123456789012:role/other"]);
  expect(await permissions.simulate(ROLE, [CREATE])).toMatchObject({
    known: false,
    why: { error: expect.stringContaining("NoSuchEntity") },
  });
  iam.closed = true;
  expect(await permissions.simulate(ROLE, [CREATE])).toMatchObject({ known: false, why: { error: "AccessDenied" } });
});

describe("a role with a path, as IAM Identity Center makes them", () => {
  const NAME = "AWSReservedSSO_DatabaseAdmin_0123456789abcdef";
  const WITH_PATH = `arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/ap-northeast-1/${NAME}`;
  const AS_STS_SAYS = principalOf(`arn:aws:sts::123456789012:assumed-role/${NAME}/tomo@example.com`);

  it("is asked about by its own ARN, which STS does not say", async () => {
    const { iam, permissions } = await setUp();
    iam.principals = new Set([WITH_PATH]);
    expect(await permissions.simulate(AS_STS_SAYS, [CREATE, PASS])).toMatchObject({
      known: true,
      value: [{ decision: "allowed" }, { decision: "allowed" }],
    });
    expect(new Set(iam.asked.map(({ principal }) => principal))).toEqual(new Set([WITH_PATH]));
  });

  it("stays unknown if IAM does not tell who it is, with what each question came to", async () => {
    const { iam, permissions } = await setUp();
    iam.principals = new Set([WITH_PATH]);
    iam.rolesHidden = true;
    const answer = await permissions.simulate(AS_STS_SAYS, [CREATE]);
    const reason = answer.known ? "" : unanswered(answer.why, inTerminal);
    expect(reason).toContain("SimulatePrincipalPolicy was refused: NoSuchEntity");
    expect(reason).toContain("GetRole was refused: AccessDenied");
  });

  it("is not asked about again if its ARN was right", async () => {
    const { iam, permissions } = await setUp();
    iam.closed = true;
    const answer = await permissions.simulate(ROLE, [CREATE]);
    expect(answer.known ? "" : unanswered(answer.why, inTerminal)).toMatch(
      /^SimulatePrincipalPolicy was refused: AccessDenied(?!.*GetRole)/,
    );
  });
});

it.each([
  ["arn:aws:sts::123456789012:assumed-role/bluegreen-guard-recreate/session-1", ROLE],
  ["arn:aws-cn:sts::123456789012:assumed-role/guard/i-0/x", "arn:aws-cn:iam::123456789012:role/guard"],
  ["arn:aws:iam::123456789012:user/tomo", "arn:aws:iam::123456789012:user/tomo"],
])("the principal of %s is %s", (caller, principal) => expect(principalOf(caller)).toBe(principal));

it("a preflight's question is answered as a whole, and what is not known spoils nothing else", async () => {
  const { rds, describe } = await setUp();
  rds.parameterGroups.add({ kind: "cluster", name: "green-15", family: "aurora-postgresql15" });
  const question: PreflightQuestion = {
    engine: "aurora-postgresql",
    blueVersion: "14.10",
    targetVersion: "15.5",
    parameters: { kind: "cluster", group: "blue-14", names: ["rds.logical_replication"] },
    groups: [{ kind: "cluster", name: "green-15" }],
    permissions: [CREATE],
  };
  rds.parameterGroups.remove("cluster", "blue-14");
  expect(await describe.preflight(question, ROLE)).toMatchObject({
    parameters: { known: false },
    groups: [{ kind: "cluster", name: "green-15", answer: { known: true, value: { family: "aurora-postgresql15" } } }],
    blueVersion: { known: true, value: { family: "aurora-postgresql14" } },
    targetVersion: { known: true, value: { family: "aurora-postgresql15" } },
    permissions: { known: true, value: [{ decision: "allowed" }] },
  });
  const { parameters: _, ...withoutParameters } = question;
  expect((await describe.preflight(withoutParameters, ROLE)).parameters).toBeUndefined();
});
