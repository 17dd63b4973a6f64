import { createServer } from "node:http";
import * as sdk from "@aws-sdk/client-rds";
import { getRequestListener } from "@hono/node-server";
import type { $SchemaRef } from "@smithy/types";
import { describe, expect, it } from "vitest";
import { createLabRds } from "../../../lab/rds/rds.ts";
import { VirtualClock } from "../../../local/clock.ts";
import { createRdsChanges } from "../../../src/clients/rds/changes.ts";
import { createRdsDescribe } from "../../../src/clients/rds/describe/describe.ts";
import { createRds } from "../../../src/clients/rds/rds.ts";
import { rdsName } from "../../../src/deployments/arn.ts";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { operationsOfClients } from "../../support/infra/calls.ts";
import { listening } from "../../support/lab/rds.ts";
import { elementsOf, problemsInXml, problemsOf, watchedReads } from "../../support/lab/schemas.ts";

// The SDK's schemas are AWS's own model of RDS. They have names and types: they prove no ranges, no patterns, and not what a value means.
const SCHEMAS = sdk as unknown as Record<string, readonly unknown[]>;
const schemaOf = (operation: string, at: 4 | 5): $SchemaRef => {
  const found = SCHEMAS[`${operation}$`]?.[at];
  if (found === undefined) throw new Error(`The SDK has no schema of ${operation}.`);
  return found as $SchemaRef;
};

/** What the guard sent, what it read of the answers, and what was wrong with that and with the lab's answers. */
interface Seen {
  sent: Map<string, number>;
  answered: Set<string>;
  read: Set<string>;
  problems: string[];
}

/** The middleware of the SDK's clients that looks at what goes in and out. */
function watching(seen: Seen) {
  return <Client>(client: Client): Client => {
    (client as sdk.RDSClient).middlewareStack?.add(
      (next, context) => async (args) => {
        const operation = String(context["commandName"]).replace(/Command$/, "");
        if (!SCHEMAS[`${operation}$`]) return next(args);
        seen.sent.set(operation, (seen.sent.get(operation) ?? 0) + 1);
        seen.problems.push(...problemsOf(schemaOf(operation, 4), args.input, operation));
        const { output, ...result } = await next(args);
        const unknown = (member: string) => void seen.problems.push(`${member} is read, and there is none`);
        const watched = watchedReads(schemaOf(operation, 5), output, (member) => void seen.read.add(member), unknown);
        return { ...result, output: watched } as Awaited<ReturnType<typeof next>>;
      },
      { step: "initialize", name: "watching" },
    );
    return client;
  };
}

/** A lab whose answers are looked at as XML, and the guard's clients of it. */
async function setUp() {
  const seen: Seen = { sent: new Map(), answered: new Set(), read: new Set(), problems: [] };
  const clock = new VirtualClock(Date.parse("2024-02-05T06:10:00.000Z"));
  const rds = createLabRds({ clock, deliver: async () => {} });
  const answer = async (request: Request): Promise<Response> => {
    const action = new URLSearchParams(await request.clone().text()).get("Action") ?? "";
    const response = await rds.fetch(request);
    const [result] = elementsOf(await response.clone().text()).children;
    if (response.ok && result) {
      seen.answered.add(action);
      seen.problems.push(...problemsInXml(schemaOf(action, 5), result));
    }
    return response;
  };
  const endpoint = await listening(createServer(getRequestListener(answer)));
  const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };
  const options = { endpoint, region: "ap-northeast-1", credentials, equip: watching(seen) };
  const guard = { ...createRds(options), ...createRdsChanges(options), ...createRdsDescribe(options) };
  const hours = (count: number) => clock.until(clock.now() + count * 3_600_000);
  return { clock, rds, guard, seen, hours };
}

const ARN = "arn:aws:rds:ap-northeast-1:123456789012";
const ORDERS = {
  BlueGreenDeploymentName: "orders-15",
  Source: `${ARN}:cluster:orders`,
  TargetEngineVersion: "15.5",
  TargetDBClusterParameterGroupName: "cluster-15",
  TargetDBParameterGroupName: "instance-15",
};
const SHOP = {
  BlueGreenDeploymentName: "shop-84",
  Source: `${ARN}:db:shop`,
  TargetEngineVersion: "8.4.3",
  TargetDBParameterGroupName: "shop-84",
  Tags: [],
};

/** Everything that the guard asks of RDS, of a cluster and of an instance, through a deletion, a new creation and a switchover. */
async function everything(): Promise<Seen> {
  const { clock, rds, guard, seen, hours } = await setUp();
  const instances = ["orders-1", "orders-2"].map((identifier) => ({ identifier, class: "db.r6g.large", parameterGroup: "instance-14" }));
  const endpoints = [{ identifier: "reports", members: ["orders-2"] }];
  const cluster = { identifier: "orders", engine: "aurora-postgresql", engineVersion: "14.10", parameterGroup: "cluster-14" };
  rds.addCluster({ ...cluster, instances, endpoints, tags: { team: "orders" } });
  rds.addInstance({ identifier: "shop", engine: "mysql", engineVersion: "8.0.36", class: "db.m6g.large", parameterGroup: "shop-8-0" });
  async function look(): Promise<Deployment[]> {
    const deployments = await guard.deployments();
    await Promise.all([guard.databases(deployments), guard.endpoints(deployments), guard.deployment(deployments[0]?.id ?? "")]);
    await guard.events(clock.now() - 86_400_000, clock.now());
    return deployments;
  }
  await clock.work(async () => {
    const first = await guard.create({ ...ORDERS, Tags: [{ Key: "team", Value: "orders" }] });
    await guard.create(SHOP);
    await hours(3);
    for (const { target, members } of await look()) {
      for (const arn of [target, ...members.map((it) => it.target)])
        if (arn && !arn.includes("endpoint")) await guard.unprotect(rdsName(arn));
    }
    for (const kind of ["cluster", "instance"] as const) {
      await guard.parameterGroup(kind, kind === "cluster" ? "cluster-14" : "instance-14");
      await guard.parameters(kind, kind === "cluster" ? "cluster-14" : "instance-14", ["rds.logical_replication"]);
    }
    await guard.engineVersion("aurora-postgresql", "14.10");
    await guard.deleteWithGreen(first);
    await hours(1);
    await look();
    await guard.create({ ...ORDERS, Tags: [] });
    await hours(3);
    for (const { id } of await look()) await guard.switchOver(id, 300);
    await hours(1);
    await look();
  });
  return seen;
}

describe("by the SDK's own schemas of RDS, in names and types,", () => {
  it("all that the guard sends, reads of answers, and is answered by the lab is as AWS has it", async () => {
    const { sent, answered, read, problems } = await everything();
    expect(problems).toEqual([]);
    const ofRds = operationsOfClients()
      .map(({ name }) => name)
      .filter((name) => SCHEMAS[`${name}$`]);
    expect(ofRds.length).toBeGreaterThan(12);
    expect([...sent.keys()].sort()).toEqual(ofRds.sort());
    expect([...answered].sort()).toEqual(ofRds);
    expect([...read].filter((it) => it.startsWith("Event.")).length).toBeGreaterThan(3);
    expect(read.size).toBeGreaterThan(60);
  });

  it.each<[string, unknown, string]>([
    ["CreateBlueGreenDeployment", { Sourse: "x" }, "CreateBlueGreenDeployment has no member Sourse"],
    ["CreateBlueGreenDeployment", { TargetAllocatedStorage: "500" }, "CreateBlueGreenDeployment.TargetAllocatedStorage is string"],
    ["CreateBlueGreenDeployment", { Tags: [{ key: "a" }] }, "CreateBlueGreenDeployment.Tags[0] has no member key"],
    ["DescribeEvents", { StartTime: "2024-02-05" }, "DescribeEvents.StartTime is string"],
  ])("%s with %j would be found", (operation, input, problem) => {
    expect(problemsOf(schemaOf(operation, 4), input, operation)).toEqual([problem]);
  });

  it.each([
    ["<R><Events><Event><Mesage>x</Mesage></Event></Events></R>", "R.Events.Event has no member Mesage"],
    ["<R><Events><member/></Events></R>", "R.Events lists member and not Event"],
    ["<R><Events><Event><Date>today</Date></Event></Events></R>", 'R.Events.Event.Date is "today"'],
  ])("an answer %s would be found", (xml, problem) => {
    expect(problemsInXml(schemaOf("DescribeEvents", 5), elementsOf(xml))).toEqual([problem]);
  });

  it("a member that is read and that AWS does not have would be found", () => {
    const found: string[] = [];
    const answer = watchedReads<{ Events?: { Mesage?: string }[] }>(
      schemaOf("DescribeEvents", 5),
      { Events: [{}] },
      () => {},
      (it) => void found.push(it),
    );
    expect([answer.Events?.[0]?.Mesage, found]).toEqual([undefined, ["Event.Mesage"]]);
  });
});
