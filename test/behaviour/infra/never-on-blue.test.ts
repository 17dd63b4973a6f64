import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { FUNCTIONS, type FunctionName } from "../../../infra/bundle-folder.ts";
import { statementsOfRole } from "../../support/infra/iam.ts";
import { FUNCTION_ROLES, mayBySimulator, type RdsAction, rdsArnOf, rdsChanges } from "../../support/infra/simulator.ts";
import { listOf, type Synthesized, synth, withWebhook } from "../../support/infra/synth.ts";

const PAGE = readFileSync(new URL("../../../docs/permissions.md", import.meta.url), "utf8");

/** Names that blue, or what was blue, can have; RDS gives green its name with `-green-` and six letters or digits. */
const BLUE = ["orders", "orders-green"];
const GREEN = "orders-green-a1b2c3";

// What is no database: a deployment, and the snapshot that AWS's reference lists with a cluster's deletion.
const NO_DATABASE = new Set(["rds:DeleteBlueGreenDeployment deployment", "rds:DeleteDBCluster cluster-snapshot"]);

let changes: RdsAction[] = [];
let guard: Synthesized;
beforeAll(async () => {
  changes = await rdsChanges();
  guard = synth(withWebhook);
});

const known = new Map<FunctionName, Promise<{ blue: string[]; green: string[] }>>();

/** What the function's role may do to blue, and to green, of all that changes something in RDS: the action and the kind of thing. */
function allowed(by: FunctionName): Promise<{ blue: string[]; green: string[] }> {
  const asked = known.get(by) ?? Promise.all([allowedOn(BLUE, by), allowedOn([GREEN], by)]).then(([blue, green]) => ({ blue, green }));
  known.set(by, asked);
  return asked;
}

async function allowedOn(names: readonly string[], by: FunctionName): Promise<string[]> {
  // No other statement can allow or deny something of RDS.
  const statements = statementsOfRole(guard, FUNCTION_ROLES[by]).filter(({ Action }) => listOf(Action).some((it) => /^rds:|\*/.test(it)));
  const tries = changes.flatMap(({ action, kinds }) =>
    (kinds.length === 0 ? ["*"] : kinds).flatMap((kind) => names.map((name) => ({ action, kind, name }))),
  );
  const found = await Promise.all(
    tries.map(async ({ action, kind, name }) => {
      const resource = kind === "*" ? "*" : await rdsArnOf(kind, name);
      return (await mayBySimulator(statements, { action, resource })) ? [`${action} ${kind}`] : [];
    }),
  );
  return [...new Set(found.flat())].sort();
}

/** The actions that the page lists for the function, each with its reason. */
function reasons(by: FunctionName): Map<string, string> {
  const heading = `${by[0]?.toUpperCase()}${by.slice(1)}`;
  const section = PAGE.split(/^## /m).find((it) => it.startsWith(`${heading}\n`)) ?? "";
  const rows = [...section.matchAll(/^\| `(rds:\w+)` \|[^|]+\| (.+) \|$/gm)];
  return new Map(rows.map(([, action = "", why = ""]) => [action, why]));
}

const isDelete = (line: string): boolean => /^rds:(Delete|Remove|Stop|Reboot|Restore|Failover)/.test(line);

describe("of all that changes something in RDS, by AWS's reference and a simulator that is not the project's own,", () => {
  it("is asked about every action", () => {
    expect(changes.length).toBeGreaterThan(110);
    expect(changes.filter(({ action }) => action.startsWith("rds:Delete")).length).toBeGreaterThan(20);
  });

  it.each(FUNCTIONS)("%s may delete nothing with a name that blue can have", async (by) => {
    const { blue } = await allowed(by);
    expect(blue.filter((line) => isDelete(line) && !NO_DATABASE.has(line))).toEqual([]);
  });

  it.each(["watch", "sweep", "slack", "answer", "release", "webhook"] as const)(
    "%s may do nothing at all, to blue and to green",
    async (by) => {
      expect(await allowed(by)).toEqual({ blue: [], green: [] });
    },
  );

  it("recreate may delete green's cluster and instances, and no other function may", async () => {
    for (const by of FUNCTIONS) {
      const { green } = await allowed(by);
      const deletes = green.filter((line) => isDelete(line) && !NO_DATABASE.has(line));
      const own = ["rds:DeleteDBCluster cluster", "rds:DeleteDBClusterEndpoint cluster-endpoint", "rds:DeleteDBInstance db"];
      expect([by, deletes]).toEqual([by, by === "recreate" ? own : []]);
    }
  });

  it.each([
    ["recreate", ["AddTagsToResource", "CreateBlueGreenDeployment", "CreateDBCluster", "CreateDBClusterEndpoint", "CreateDBInstance"]],
    ["switchover", ["ModifyDBCluster", "ModifyDBInstance", "PromoteReadReplica", "PromoteReadReplicaDBCluster"]],
  ] as const)("%s may do to blue only what RDS does there on its behalf, and the page says so", async (by, some) => {
    const own = ["rds:SwitchoverBlueGreenDeployment", "rds:DeleteBlueGreenDeployment"];
    const actions = (await allowed(by)).blue.map((line) => line.split(" ")[0] ?? "");
    const onBlue = [...new Set(actions)].filter((action) => !own.includes(action) && !isDelete(action));
    expect(onBlue).toEqual(expect.arrayContaining(some.map((name) => `rds:${name}`)));
    const given = reasons(by);
    for (const action of onBlue) expect([action, given.get(action)]).toEqual([action, expect.stringMatching(AWS_DOES)]);
  });
});

/** A reason that names what RDS does, or AWS's reference. */
const AWS_DOES = /RDS|AWS's reference|creates the deployment again|gets the old one's tags|green is created as a replica/;
