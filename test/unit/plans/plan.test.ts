import { describe, expect, it } from "vitest";
import type { Database, DeploymentView } from "../../../src/deployments/deployment.ts";
import { createdWith, doomedText, notCarriedText, noteText, stepText } from "../../../src/messages/en/plan.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import type { Check } from "../../../src/plans/checks.ts";
import { recreatePlan } from "../../../src/plans/plan.ts";
import { rdsView, specFor, viewOf } from "../../support/deployments/recreating.ts";
import { first, instance } from "../../support/deployments/upgrade.ts";

const NOW = Date.parse("2024-02-05T10:20:00.000Z");
const planOf = (view: DeploymentView = viewOf(), { checks = [] as Check[], now = NOW, asked = {} } = {}) =>
  recreatePlan({ view, spec: specFor(view, asked), checks, newName: "blue-green-a1b2c3d4", now });
/** The same plan in words. */
const wordsOf = (...given: Parameters<typeof planOf>) => {
  const plan = planOf(...given);
  return {
    steps: plan.steps.map((it) => stepText(it, inTerminal)),
    deletes: plan.deletes.map((it) => doomedText(it, inTerminal)),
    creates: createdWith(plan.creates, inTerminal),
    notCarried: plan.notCarried.map((it) => notCarriedText(it, inTerminal)),
    notes: plan.notes.map((it) => noteText(it, inTerminal)),
  };
};
const green = (view: DeploymentView, deletionProtection: boolean | undefined) => ({
  ...view,
  databases: view.databases.map((it) =>
    it.arn.includes("-green-") ? { ...it, configuration: { ...it.configuration, deletionProtection } } : it,
  ),
});

it("the plan says what is deleted and created, by name and with where each field came from", () => {
  const view = viewOf(first({ tags: { team: "orders" } }));
  expect(planOf(view)).toMatchObject({
    deployment: { id: "bgd-hy5ntvomddiv89r8", name: "blue-green" },
    newName: "blue-green-a1b2c3d4",
    verdict: "clear",
  });
  const plan = wordsOf(view);
  expect(plan.deletes).toEqual([
    "cluster db-cluster-green-ak5mgh, aurora-postgresql 15.5",
    "instance db-instance-writer-green-8n9hio, aurora-postgresql 15.5",
  ]);
  expect(plan.creates).toEqual([
    "Engine version: 15.5, as green has it.",
    "Cluster parameter group: cluster-15, as green has it.",
    "Instance parameter group: instance-15, as green has it.",
    "Tags: team=orders.",
  ]);
  expect(plan.steps).toEqual([
    "Delete blue/green deployment blue-green (bgd-hy5ntvomddiv89r8) with everything green.",
    "Wait until it and all of green are gone.",
    "Create blue/green deployment blue-green-a1b2c3d4 on cluster db-cluster.",
    "Wait until it is AVAILABLE, its tasks are completed and all its databases are available.",
  ]);
  expect(plan.notes).toEqual([
    "Green is 4 hours 12 minutes old.",
    "No snapshot of green is made: RDS has no such option here, and nothing of green can be brought back.",
    "Blue, cluster db-cluster, stays as it is and in use.",
    "Applications with an AWS driver plugin for blue/green deployments from before September 2026 stay with the deleted green: restart them afterwards. An RDS Proxy has to be registered with blue before: RDS refuses that while a deployment exists.",
  ]);
});

it("what is asked of an RDS instance beside its version is named, with where it came from", () => {
  const view = rdsView({
    "orders-green-a1b2c3": { configuration: { instanceClass: "db.m7g.large", allocatedStorage: 800, kmsKeyId: "key/new" } },
  });
  expect(wordsOf(view, { asked: { targetEngineVersion: "8.4.5" } }).creates).toEqual([
    "Engine version: 8.4.5, as asked.",
    "Instance parameter group: mysql-8-4, as green has it.",
    "Instance class: db.m7g.large, as green has it.",
    "Storage: 800 GiB, as green has it.",
    "KMS key for green of orders: key/new, as green has it.",
  ]);
});

it("deletion protection of green is the first step, by name, and needs a person", () => {
  const view = viewOf(first(), { "db-cluster-green-ak5mgh": { configuration: { deletionProtection: true } } });
  const plan = planOf(view);
  expect(wordsOf(view).steps[0]).toBe("Turn off deletion protection of green cluster db-cluster-green-ak5mgh.");
  expect(plan.protectedGreens).toEqual([first().target]);
  expect(plan.verdict).toBe("asks");
});

it("deletion protection of blue is nobody's step", () => {
  const plan = planOf(viewOf(first(), { "db-cluster": { configuration: { deletionProtection: true } } }));
  expect(plan.protectedGreens).toEqual([]);
  expect(plan.steps).toHaveLength(4);
});

it("where RDS does not say whether green is protected the plan says so and turns nothing off", () => {
  const plan = planOf(green(viewOf(), undefined));
  expect(plan.protectedGreens).toEqual([]);
  expect(plan.notes.filter(({ code }) => code === "protection-unknown")).toHaveLength(2);
});

it("the steps stay the same while time passes", () => {
  expect(planOf(viewOf(), { now: NOW + 86_400_000 }).steps).toEqual(planOf().steps);
});

it.each<[Check["result"], string]>([
  ["pass", "clear"],
  ["warn", "clear"],
  ["unknown", "asks"],
  ["fail", "refused"],
])("a check that says %s makes the plan %s", (result, verdict) => {
  const checks: Check[] = [
    { id: "a", result: "pass", found: { code: "no-stack" } },
    { id: "b", result, found: { code: "no-stack" } },
  ];
  expect(planOf(viewOf(), { checks })).toMatchObject({ verdict, checks });
});

it("a failed check is not outvoted by deletion protection", () => {
  const checks: Check[] = [{ id: "a", result: "fail", found: { code: "no-stack" } }];
  expect(planOf(green(viewOf(), true), { checks }).verdict).toBe("refused");
});

describe("what is not carried over", () => {
  const always = "What else was changed on green by hand: data, indexes, IAM roles, custom endpoints, security groups.";
  const writer = { identifier: "db-instance-writer-green-8n9hio", writer: true };

  it("is little for a green that is as it was created", () => {
    expect(wordsOf().notCarried).toEqual([always]);
    expect(wordsOf(rdsView()).notCarried).toEqual([
      "Whether the creation upgraded the storage configuration cannot be read: it is not asked for again.",
      always,
    ]);
  });

  it("names the parameter groups beside the writer's", () => {
    const reader = { source: instance("reader"), target: instance("reader-green-d4e5f6"), status: "AVAILABLE" };
    const [pair = {}, second = {}] = first().members;
    const view = viewOf(first({ members: [pair, reader, second] }), {
      "reader-green-d4e5f6": { parameterGroups: [{ name: "reporting-15" }] },
    });
    expect(wordsOf(view).notCarried[0]).toBe("RDS takes one parameter group for all instances: instance-15 is given, reporting-15 is not.");
    expect(wordsOf(view).creates).toContain("Instance parameter group: instance-15, as green has it.");
    expect(wordsOf(view, { asked: { targetDBParameterGroupName: "all-15" } }).notCarried[0]).toBe(
      "RDS takes one parameter group for all instances: all-15 is given, instance-15, reporting-15 are not.",
    );
  });

  it("names readers that somebody added to green, which are deleted with it", () => {
    const clusterMembers = [{ identifier: "extra-reader", writer: false }, writer];
    const plan = wordsOf(viewOf(first(), { "db-cluster-green-ak5mgh": { configuration: { clusterMembers } } }));
    expect(plan.notCarried[0]).toBe("Instances that blue does not have: extra-reader.");
    expect(plan.deletes).toContain("instance extra-reader (added by hand)");
  });

  // moto's RDS lists a cluster as the only member of a deployment, and none of its instances.
  it("finds green's instances through the cluster, where RDS lists the cluster alone", () => {
    const [pair = {}] = first().members;
    const whole = viewOf();
    const view = {
      deployment: first({ members: [pair] }),
      databases: whole.databases.map((it) => ({
        ...it,
        ...(it.kind === "instance" && { cluster: it.identifier.includes("-green-") ? "db-cluster-green-ak5mgh" : "db-cluster" }),
      })),
    };
    const plan = wordsOf(view);
    expect(plan.notCarried).toEqual([always]);
    expect(plan.deletes).toEqual(wordsOf(whole).deletes);
    const added = {
      ...view.databases.find(({ identifier }) => identifier === writer.identifier),
      identifier: "extra",
      arn: instance("extra"),
    };
    expect(wordsOf({ ...view, databases: [...view.databases, added as Database] }).deletes).toContain("instance extra (added by hand)");
  });

  it("names class, storage and tags that were changed on a green of Aurora", () => {
    const view = viewOf(first(), {
      "db-cluster-green-ak5mgh": { configuration: { storageType: "aurora-iopt1", tags: { team: "orders", "rds:x": "1" } } },
      "db-instance-writer-green-8n9hio": { configuration: { instanceClass: "db.r6g.xlarge" } },
    });
    expect(wordsOf(view).notCarried.slice(0, -1)).toEqual([
      "Tags of db-cluster-green-ak5mgh that blue does not have: team.",
      "Instance class db.r6g.xlarge of db-instance-writer-green-8n9hio: it will be db.r6g.large.",
      "Storage of db-cluster-green-ak5mgh, aurora-iopt1: it will be aurora, as blue's.",
    ]);
  });

  it("names class and storage of an RDS replica: the primary's class is given for all, storage for the primary alone", () => {
    const members = [
      { source: instance("orders"), target: instance("orders-green-a1b2c3"), status: "AVAILABLE" },
      { source: instance("reader"), target: instance("reader-green-d4e5f6"), status: "AVAILABLE" },
    ];
    const storage = { storageType: "gp3", allocatedStorage: 500 };
    const view = rdsView(
      {
        "orders-green-a1b2c3": { configuration: { instanceClass: "db.m7g.large" } },
        reader: { configuration: storage },
        "reader-green-d4e5f6": { configuration: { ...storage, allocatedStorage: 900, instanceClass: "db.m7g.xlarge" } },
      },
      { members },
    );
    expect(wordsOf(view).notCarried.slice(1, 3)).toEqual([
      "Instance class db.m7g.xlarge of reader-green-d4e5f6: it will be db.m7g.large.",
      "Storage of reader-green-d4e5f6, gp3 900 GiB: it will be gp3 500 GiB, as blue's.",
    ]);
  });
});
