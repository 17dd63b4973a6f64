import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { recorded } from "../../support/recorded.ts";
import { folder, guard, row, run, saved } from "./replay-run.ts";

const STORY = "local/recorded/aurora-major-upgrade-2024-02-05.json";
const ORDERS_DEPLOYMENTS = "test/wire/lab/fixtures/orders-deployment.json";
const ORDERS_DATABASES = "test/wire/lab/fixtures/orders-instances.json";
const ORDERS_EVENTS = "test/wire/lab/fixtures/orders-events.json";
const SHOP = {
  BlueGreenDeploymentIdentifier: "bgd-shop",
  Source: "arn:aws:rds:eu-west-1:123456789012:cluster:shop",
  Status: "AVAILABLE",
};

describe("a broken file", () => {
  const good = JSON.stringify(recorded("ddl-on-blue"));
  const noMessage = recorded("tasks-completed", { Message: undefined });
  it.each<[string, unknown, string, string]>([
    ["cut.json", '{\n  "source": "aws.rds",\n  "deta', "line 3, column 8", "ends in the middle"],
    ["cut-formatted.json", '{\n  "Events": [\n    { "Message": "m" }\n    {', "line 4, column 5", 'unexpected "{"'],
    ["cut.jsonl", `${good}\n${good.slice(0, 30)}\n${good}`, "line 2, column 31", "ends in the middle"],
    ["garbage.jsonl", `${good}\n\noops`, "line 3, column 1", 'unexpected "o"'],
    ["empty.json", " \n", "line 1, column 1", "empty"],
    ["latin.json", Buffer.from('["a",\n "\xfc"]', "latin1"), "line 2", "UTF-8"],
    ["no-message.json", [recorded("snapshot"), noMessage], "element 2 of 2", "detail.Message"],
    [
      "date.json",
      { Events: [{ ...row("ddl-on-blue"), Date: "yesterday" }] },
      "element 1 of 1",
      'Date: Invalid ISO datetime; received "yesterday"',
    ],
    ["no-detail.jsonl", `${good}\n{"source":"aws.rds","detail-type":"RDS DB Cluster Event"}`, "line 2", "detail: "],
    ["number.json", [42], "element 1 of 1", "not an event: received 42"],
    ["text.json", "hello", "line 1, column 1", "A saved file begins with { or [."],
    ["events.json", { Events: {} }, "line 1", "Events: expected a list; received {}."],
    ["object.json", { greeting: "hello" }, "line 1", "neither the fields of an EventBridge envelope"],
  ])("is named with its position, and nothing is told: %s", async (name, content, position, what) => {
    const file = await saved(`broken-${name}`, content);
    const { code, out, err } = await guard("replay", "--json", ORDERS_EVENTS, file);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`${file}${position && `, ${position}`}: `);
    expect(err).toContain(what);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it.each([
    [
      "no-arn.json",
      [{ BlueGreenDeploymentIdentifier: "bgd-1", Source: "orders", Status: "AVAILABLE" }],
      "element 1 of 1",
      "Source: not the ARN",
    ],
    ["no-id.json", { BlueGreenDeployments: [{ Status: "AVAILABLE" }] }, "element 1 of 1", "BlueGreenDeploymentIdentifier"],
    ["cut.json", '{"BlueGreenDeployments": [', "line 1, column 27", "ends in the middle"],
    [
      "member.json",
      [{ ...SHOP, SwitchoverDetails: [{ SourceMember: "arn:aws:rds::123456789012:global-cluster:world" }, { TargetMember: "orders" }] }],
      "element 1 of 1",
      "SwitchoverDetails.1.TargetMember: not an ARN of RDS",
    ],
  ])("of deployments is named with its position, and nothing is told: %s", async (name, content, position, what) => {
    const file = await saved(`deployments-${name}`, content);
    const { code, out, err } = await guard("replay", "--deployments", file, ORDERS_EVENTS);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`${file}, ${position}: `);
    expect(err).toContain(what);
  });
});

describe("a broken file of databases", () => {
  it.each([
    ["cut.json", '{"DBClusters": [', "line 1, column 17", "ends in the middle"],
    ["deployments.json", { BlueGreenDeployments: [SHOP] }, "line 1", "not an answer of describe-db-clusters, describe-db-instances or"],
    ["list.json", { DBInstances: "orders" }, "", 'DBInstances: expected a list; received "orders"'],
    [
      "status.json",
      { DBClusters: [], DBInstances: [{}, { DBInstanceIdentifier: "orders", Engine: "mysql", EngineVersion: "8.0.42" }] },
      "DBInstances, element 1 of 2",
      "not a DB instance as describe-db-instances answers it: DBInstanceIdentifier: missing.",
    ],
    [
      "time.json",
      [{ DBClusterIdentifier: "shop", ClusterCreateTime: "yesterday" }],
      "element 1 of 1",
      'not a DB cluster as describe-db-clusters answers it: ClusterCreateTime: expected a time in ISO 8601; received "yesterday".',
    ],
    [
      "endpoint.jsonl",
      `{"DBClusters": []}\n${JSON.stringify({ DBClusterEndpoints: [{ DBClusterIdentifier: "shop", EndpointType: "CUSTOM" }] })}`,
      "line 2, DBClusterEndpoints, element 1 of 1",
      "not an endpoint as describe-db-cluster-endpoints answers it: Status: missing.",
    ],
  ])("is named with its position, and nothing is told: %s", async (name, content, position, what) => {
    const file = await saved(`databases-${name}`, content);
    const shop = await saved("databases-shop.json", [SHOP]);
    const { code, out, err } = await guard("replay", "--deployments", shop, "--databases", file, ORDERS_EVENTS);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`${file}${position && `, ${position}`}: `);
    expect(err).toContain(what);
    expect(err.trim().split("\n")).toHaveLength(1);
  });
});

describe("the command line", () => {
  it.each([
    [["replay"], "EVENTS: name at least one file"],
    [["replay", "--nonsense", STORY], "There is no option --nonsense here.\n"],
    [["replay", "--deployment", STORY], "There is no option --deployment here. Did you mean --deployments?"],
    [["replay", "nowhere.json"], "nowhere.json: there is no such file"],
    [["replay", STORY, "lab"], "lab: this is a folder"],
    [["replay", "--deployments", "nowhere.json", STORY], "nowhere.json: there is no such file"],
    [["replay", "--databases", ORDERS_EVENTS, STORY], "--databases: name the file with their deployments too"],
    [["play"], 'There is no command "play"'],
    [[], "Usage: bluegreen-guard COMMAND"],
  ])("answers %j with what is wrong and exit code 2", async (args, what) => {
    const { code, out, err } = await guard(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(what);
  });

  it.each([
    ["deployments", [ORDERS_DEPLOYMENTS], "These are blue/green deployments: name the file after --deployments."],
    ["databases", [ORDERS_DATABASES], "These are databases: name the file after --databases."],
    ["deployments as databases", ["--deployments", ORDERS_DEPLOYMENTS, "--databases", ORDERS_DEPLOYMENTS], "after --deployments."],
    ["events as deployments", ["--deployments", ORDERS_EVENTS], "These are events: name the file without an option before it."],
  ])("says where a file belongs that was named in another's place: %s", async (_, files, words) => {
    const { code, out, err } = await guard("replay", ...files, ORDERS_EVENTS);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^\S+\.json, line 1: not an? /);
    expect(err.trim().endsWith(words)).toBe(true);
  });

  it("does the same as `npm run replay`, and leaves no file behind", async () => {
    const fromNpm = await run("npm", "run", "-s", "replay", "--", "--json", ORDERS_EVENTS);
    expect(fromNpm.code).toBe(0);
    expect(fromNpm.out).toBe((await guard("replay", "--json", ORDERS_EVENTS)).out);
    expect((await readdir(folder)).filter((name) => name.startsWith("bluegreen-guard"))).toEqual([]);
  });
});
