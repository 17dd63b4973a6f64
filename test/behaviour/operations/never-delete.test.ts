import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { type DeploymentRecord, deploymentKey } from "../../../src/facts/record.ts";
import type { OperationOutput } from "../../../src/operations/end.ts";
import type { RecreatePorts } from "../../../src/operations/recreate/ports.ts";
import { type OperationRequest, type RecreateIntent, requestKey } from "../../../src/operations/request.ts";
import { amendRequest } from "../../../src/operations/requests.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { changes } from "../../support/operations/guarded.ts";
import { accepted, confirm, portsOf, REQUEST, ruined } from "../../support/operations/recreating.ts";
import { inWords, wordsOf } from "../../support/operations/words.ts";
import { openFunctions } from "./handling.ts";

let lab: TestLab;
let ports: ReturnType<typeof portsOf>;
let id: string;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true });
  ports = portsOf(lab);
  lab.rds.hasten(30);
  id = await ruined(lab);
});
afterEach(() => lab.close());

const request = () => ports.records.read<OperationRequest>(requestKey(REQUEST));
const greenOf = async () => (await ports.rds.deployment(id))?.target?.split(":").at(-1) ?? "";

async function run(rds: Partial<RecreatePorts["rds"]> = {}): Promise<OperationOutput> {
  const functions = await openFunctions(lab, { rds: { ...ports.rds, ...rds } as never });
  return functions.output(await functions.begin());
}

/** From the time when the intent is written down, RDS answers with another deployment. */
function once(change: (deployment: Deployment) => Deployment): Partial<RecreatePorts["rds"]> {
  return {
    async deployment(asked) {
      const deployment = await ports.rds.deployment(asked);
      return deployment && (await request())?.intent ? change(deployment) : deployment;
    },
  };
}

describe("the step that deletes looks again, and stops where since the plan", () => {
  it.each<[string, (deployment: Deployment) => Deployment]>([
    ["a switchover has begun", (it) => ({ ...it, status: "SWITCHOVER_IN_PROGRESS" })],
    [
      "a member is being switched over",
      (it) => ({ ...it, members: it.members.map((member) => ({ ...member, status: "SWITCHOVER_IN_PROGRESS" })) }),
    ],
    ["green bears blue's name", (it) => ({ ...it, target: it.source })],
    ["its source is another database", (it) => ({ ...it, source: `${it.source}-old1` })],
    ["RDS answers with another deployment", (it) => ({ ...it, id: "bgd-another" })],
  ])("%s", async (_case, change) => {
    await confirm(id, ports);
    expect(await run(once(change))).toMatchObject({ outcome: "refused" });
    expect(changes(lab)).toEqual(["CreateBlueGreenDeployment"]);
  });

  it("blue is another database under the same name", async () => {
    await confirm(id, ports);
    const databases: RecreatePorts["rds"]["databases"] = async (asked) => {
      const found = await ports.rds.databases(asked);
      return (await request())?.intent ? found.map((it) => ({ ...it, resourceId: "cluster-ANOTHER" })) : found;
    };
    expect(inWords(await run({ databases }))).toMatchObject({
      outcome: "refused",
      text: expect.stringContaining("orders is another database by now"),
    });
    expect(changes(lab)).toEqual(["CreateBlueGreenDeployment"]);
  });
});

it("a deletion that RDS refuses is not tried again, and never without green", async () => {
  await confirm(id, ports);
  const green = await greenOf();
  const deleteWithGreen = async (asked: string) => {
    lab.rds.change(green, { deletionProtection: true });
    await ports.rds.deleteWithGreen(asked);
  };
  expect(inWords(await run({ deleteWithGreen }))).toMatchObject({
    outcome: "failed",
    text: expect.stringMatching(/^RDS refused the deletion: Cannot delete protected Cluster/),
  });
  expect(changes(lab)).toEqual(["CreateBlueGreenDeployment", "DeleteBlueGreenDeployment DeleteTarget=true"]);
  expect(accepted(lab, "DeleteBlueGreenDeployment")).toBe(0);
});

/** RDS lists the cluster alone in SwitchoverDetails, and says that green's instance is protected. */
const listsClusterAlone = (also: (deployment: Deployment) => Deployment = (it) => it): Partial<RecreatePorts["rds"]> => ({
  async deployment(asked) {
    const deployment = await ports.rds.deployment(asked);
    if (!deployment) return undefined;
    const clusterAlone = { ...deployment, members: deployment.members.filter(({ target }) => target?.includes(":cluster:")) };
    return (await request())?.intent ? also(clusterAlone) : clusterAlone;
  },
  async databases(asked) {
    const isGreenInstance = (arn: string) => /:db:.*-green-/.test(arn);
    const withProtection = { deletionProtection: true };
    return (await ports.rds.databases(asked)).map((it) =>
      isGreenInstance(it.arn) && it.configuration ? { ...it, configuration: { ...it.configuration, ...withProtection } } : it,
    );
  },
});

describe("deletion protection", () => {
  it("is turned off on an instance of green, too, that SwitchoverDetails lists with its cluster alone", async () => {
    await confirm(id, { ...ports, rds: { ...ports.rds, ...listsClusterAlone() } });
    expect(await run(listsClusterAlone())).toMatchObject({ outcome: "done" });
    expect(changes(lab).filter((change) => change.startsWith("Modify"))).toEqual([
      expect.stringMatching(/^ModifyDBInstance orders-1-green-[a-z0-9]{6} DeletionProtection=false$/),
    ]);
  });

  it("stays on on such an instance where a person has switched over since the plan", async () => {
    await confirm(id, { ...ports, rds: { ...ports.rds, ...listsClusterAlone() } });
    const switched = listsClusterAlone((it) => ({ ...it, status: "SWITCHOVER_COMPLETED" }));
    expect(await run(switched)).toMatchObject({ outcome: "refused" });
    expect(changes(lab)).toEqual(["CreateBlueGreenDeployment"]);
  });

  it("is turned off on green alone: blue's stays on", async () => {
    for (const name of ["orders", await greenOf()]) lab.rds.change(name, { deletionProtection: true });
    await confirm(id, ports);
    expect(await run()).toMatchObject({ outcome: "done" });
    expect(changes(lab).filter((change) => change.startsWith("Modify"))).toEqual([
      expect.stringMatching(/^ModifyDBCluster orders-green-[a-z0-9]{6} DeletionProtection=false$/),
    ]);
    const [blue] = (await ports.rds.databases(await ports.rds.deployments())).filter(({ arn }) => arn.endsWith(":orders"));
    expect(blue?.configuration?.deletionProtection).toBe(true);
  });

  it("stays on where what was written down names a database that is not green", async () => {
    for (const name of ["orders", await greenOf()]) lab.rds.change(name, { deletionProtection: true });
    await confirm(id, ports);
    // The intent is read from the request once it is there: somebody has put blue into it.
    const source = (await ports.rds.deployment(id))?.source ?? "";
    const withBlue = { source, greens: [source], protectedGreens: [source] } as Partial<RecreateIntent> as RecreateIntent;
    const name = { BlueGreenDeploymentName: "orders-15-0f9a2c41" } as RecreateIntent["create"];
    await amendRequest(ports.records, REQUEST, (it) => ({ ...it, intent: { ...withBlue, create: name } }));
    expect(inWords(await run())).toMatchObject({
      outcome: "refused",
      text: expect.stringMatching(/^The name of orders does not end in -green-/),
    });
    expect(changes(lab)).toEqual(["CreateBlueGreenDeployment"]);
  });
});

it("when RDS is called to delete, it is written down who asked, why, on what state and what will be done, and logged", async () => {
  await confirm(id, ports);
  const confirmed = await request();
  const seen: unknown[] = [];
  const deleteWithGreen = async (asked: string) => {
    const record = await ports.records.read<DeploymentRecord>(deploymentKey(id));
    seen.push(
      await request(),
      record?.facts.map(({ signal }) => signal),
      [...lab.logged],
    );
    await ports.rds.deleteWithGreen(asked);
  };
  expect(await run({ deleteWithGreen })).toMatchObject({ outcome: "done" });
  expect(seen).toHaveLength(3);
  const [started] = (seen[0] as OperationRequest).notes ?? [];
  expect(wordsOf(started)).toMatch(
    /^Asked for by oncall: orders-15 is deleted with green \(orders-green-.*created again as orders-15-0f9a2c41\.$/,
  );
  expect(seen[0]).toMatchObject({
    requestedBy: { name: "oncall" },
    requestedAt: confirmed?.requestedAt,
    stateHash: confirmed?.stateHash,
    deletionBegunAt: expect.any(String),
    notes: [{ step: "started" }],
    intent: {
      source: expect.stringContaining(":orders"),
      create: { BlueGreenDeploymentName: "orders-15-0f9a2c41", TargetEngineVersion: "15.5" },
    },
  });
  expect(seen[1]).toContain("recreate-started");
  const line = {
    message: "Operation",
    details: expect.objectContaining({ requestId: REQUEST, deployment: id, requestedBy: "oncall", step: "started" }),
  };
  expect(seen[2]).toContainEqual(line);
});

it("the client of RDS is asked by no source file to change anything but blue/green deployments and green's deletion protection", () => {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "src/*.ts"], { encoding: "utf8" }).trim().split("\n");
  const named = files.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/import \{([^}]*)\} from "@aws-sdk\/client-rds"/g)]);
  const commands = named.flatMap(([, names = ""]) => names.match(/\b[A-Z]\w*Command\b/g) ?? []);
  expect(new Set(commands.filter((name) => !name.startsWith("Describe")))).toEqual(
    new Set([
      "CreateBlueGreenDeploymentCommand",
      "DeleteBlueGreenDeploymentCommand",
      "ModifyDBClusterCommand",
      "ModifyDBInstanceCommand",
      "SwitchoverBlueGreenDeploymentCommand",
    ]),
  );
});
