import { DescribeDBClustersCommand, DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FinalError } from "../../../src/operations/final-error.ts";
import { proposeRecreation } from "../../../src/operations/propose.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { amendRequest } from "../../../src/operations/requests.ts";
import { addCluster, create, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { accepted, confirm, openRecreateEngine, portsOf, REQUEST, ruined } from "../../support/operations/recreating.ts";
import { inWords, wordsOf } from "../../support/operations/words.ts";

const GROUPS = { targetDBClusterParameterGroupName: "other-15", targetDBParameterGroupName: "other-instance-15" };

let lab: TestLab;
let ports: ReturnType<typeof portsOf>;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true });
  ports = portsOf(lab);
  lab.rds.hasten(20);
  lab.rds.parameterGroups.add({ kind: "cluster", name: "other-15", family: "aurora-postgresql15" });
  lab.rds.parameterGroups.add({ kind: "db", name: "other-instance-15", family: "aurora-postgresql15" });
});
afterEach(() => lab.close());

async function run() {
  const { run: runIt, close } = await openRecreateEngine(lab, ports);
  const output = await runIt();
  await close();
  return output;
}

/** A deployment whose creation has failed; the first published one: https://github.com/instantdb/instant/issues/738 */
function failedCreation(): Promise<string> {
  return lab.clock.work(async () => {
    addCluster(lab, "orders");
    lab.rds.faults.failCreation("of incompatible parameter settings");
    const id = await create(lab, "orders");
    await pass(lab, 60 * MINUTE);
    return id;
  });
}

describe("a recreation with fields that a person asks for", () => {
  it("creates a deployment again whose creation failed, with what no green could show", async () => {
    const id = await failedCreation();
    const asked = { targetEngineVersion: "15.5", ...GROUPS };
    await confirm(id, ports, REQUEST, asked);
    expect(await run()).toMatchObject({ outcome: "done" });
    const [deployment] = await ports.rds.deployments();
    const green = deployment?.target?.split(":").at(-1) ?? "";
    const { DBClusters = [] } = await lab.aws.send(new DescribeDBClustersCommand({ DBClusterIdentifier: green }));
    expect(DBClusters).toMatchObject([{ EngineVersion: "15.5", DBClusterParameterGroup: "other-15" }]);
    const { DBInstances = [] } = await lab.aws.send(
      new DescribeDBInstancesCommand({ Filters: [{ Name: "db-cluster-id", Values: [green] }] }),
    );
    expect(DBInstances).toMatchObject([{ DBParameterGroups: [{ DBParameterGroupName: "other-instance-15" }] }]);
    expect(await ports.records.read<OperationRequest>(requestKey(REQUEST))).toMatchObject({ asked });
  });

  it("goes before what green shows", async () => {
    const id = await ruined(lab);
    await confirm(id, ports, REQUEST, { targetDBClusterParameterGroupName: "other-15" });
    expect(await run()).toMatchObject({ outcome: "done" });
    const created = lab.rds.calls.filter(({ action }) => action === "CreateBlueGreenDeployment").at(-1)?.parameters;
    expect(created).toMatchObject({
      TargetEngineVersion: "15.5",
      TargetDBClusterParameterGroupName: "other-15",
      TargetDBParameterGroupName: "green-instance-15",
    });
  });

  it("is refused, and nothing is deleted, by a guard to which the fields got lost", async () => {
    const id = await ruined(lab);
    await confirm(id, ports, REQUEST, GROUPS);
    await amendRequest(ports.records, REQUEST, ({ asked: _, ...without }) => without);
    expect(inWords(await run())).toEqual({
      outcome: "refused",
      text: expect.stringContaining("has changed since the plan was confirmed"),
    });
    expect(accepted(lab, "DeleteBlueGreenDeployment")).toBe(0);
  });

  it("passes the same checks as any other: a version that is no upgrade target cannot be asked for", async () => {
    const id = await ruined(lab);
    const { refusals } = await proposeRecreation(id, REQUEST, ports, { targetEngineVersion: "15.999" });
    expect(refusals.map((reason) => wordsOf({ reason })).join(" ")).toContain(
      "RDS does not upgrade aurora-postgresql 14.10 to 15.999 any more.",
    );
  });

  it("cannot be planned without a field that nobody but a person knows: each is named, with why, and the command that gives them", async () => {
    const id = await failedCreation();
    const refused = await proposeRecreation(id, REQUEST, ports, { targetEngineVersion: "15.5" }).catch((error: FinalError) =>
      wordsOf(error),
    );
    expect(refused).toMatch(
      /^The cluster parameter group \(--target-cluster-parameter-group\) is not known: The creation failed at \w+, so .* The instance parameter group \(--target-parameter-group\) is not known: .* Give what is missing at a terminal: npx bluegreen-guard recreate orders-15 --target-engine-version 15\.5 --target-cluster-parameter-group GROUP --target-parameter-group GROUP$/,
    );
  });

  it("takes no cluster parameter group for a deployment of an instance", async () => {
    const id = await lab.clock.work(async () => {
      lab.rds.addInstance({
        identifier: "shop",
        engine: "mysql",
        engineVersion: "8.0.36",
        class: "db.m7g.large",
        parameterGroup: "mysql-8-0",
      });
      const source = "arn:aws:rds:ap-northeast-1:123456789012:db:shop";
      return ports.rds.create({ BlueGreenDeploymentName: "shop-84", Source: source, TargetDBParameterGroupName: "mysql-8-0", Tags: [] });
    });
    await expect(proposeRecreation(id, REQUEST, ports, GROUPS)).rejects.toMatchObject({
      reason: { code: "no-cluster-group", blue: "shop" },
    });
  });
});
