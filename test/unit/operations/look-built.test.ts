import { beforeEach, describe, expect, it } from "vitest";
import type { Degradation } from "../../../src/deployments/degradation.ts";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { lookBuilt } from "../../../src/operations/recreate/building.ts";
import type { RecreatePorts } from "../../../src/operations/recreate/ports.ts";
import { newRequest } from "../../../src/operations/request.ts";
import type { Shown } from "../../../src/operations/says/shown.ts";
import type { Look } from "../../../src/operations/waiting/look.ts";
import { Outside } from "../../support/simulation/ports.ts";

const START = Date.parse("2024-02-05T06:00:00Z");
const ID = "bgd-hy5ntvomddiv89r8";
const BUILDING: Deployment = {
  id: ID,
  name: "orders-15",
  status: "PROVISIONING",
  source: "arn:aws:rds:ap-northeast-1:123456789012:cluster:orders",
  members: [],
  tasks: [{ name: "CREATING_READ_REPLICA_OF_SOURCE", status: "IN_PROGRESS" }],
  tags: {},
};
const RUINED: Degradation = { state: "degraded", lastAt: "2024-02-05T06:10:00Z", text: "DDL." };

let outside: Outside;
let shows: Deployment;
let said: Degradation;
let asked: number;
let isUnwatched: boolean;
beforeEach(async () => {
  outside = new Outside(START, () => ({ deployments: [], databases: [] }));
  shows = BUILDING;
  said = { state: "not-seen" };
  asked = 0;
  isUnwatched = false;
  const request = {
    operation: "recreate",
    deploymentId: "bgd-before",
    deploymentName: "orders-15",
    blue: "cluster-ABC",
    requestedBy: { name: "oncall" },
    via: "terminal",
    stateHash: "0123456789abcdef",
    approved: true,
  } as const;
  await outside.records().write(newRequest("1", request, START));
});

const OTHERWISE: Shown = { code: "building", status: "PROVISIONING", done: 0, of: 2, statuses: [] };

/** Looks once, after a look that has shown `shown`. */
function look(shown?: Shown): Promise<Look> {
  const ports: Pick<RecreatePorts, "records" | "now" | "degradation" | "isUnwatched"> & { rds: Partial<RecreatePorts["rds"]> } = {
    records: outside.records(),
    now: () => START,
    isUnwatched,
    rds: { deployment: async () => shows, databases: async () => [], endpoints: async () => [] },
    async degradation() {
      asked += 1;
      return said;
    },
  };
  return lookBuilt(undefined, "1", ID, { unmoved: 0, shown }, ports as RecreatePorts);
}

describe("what RDS's events say of a deployment that is built", () => {
  it("is not asked for where its tasks have moved since the look before", async () => {
    expect(await look(OTHERWISE)).toMatchObject({
      done: false,
      shows: { code: "building", status: "PROVISIONING", done: 0, of: 1, now: "CREATING_READ_REPLICA_OF_SOURCE", statuses: [] },
    });
    expect(asked).toBe(0);
  });

  it("is asked for where nothing has moved: what woke the look may be just that", async () => {
    const { shows: shown } = await look();
    said = RUINED;
    const { broken } = await look(shown);
    expect(broken).toMatchObject({ code: "degraded-again", id: ID });
    expect(asked).toBe(1);
  });

  it("is asked for before it counts as built, whatever has moved", async () => {
    const { shows: shown } = await look();
    shows = { ...BUILDING, status: "AVAILABLE", tasks: [{ name: "CREATING_READ_REPLICA_OF_SOURCE", status: "COMPLETED" }] };
    said = RUINED;
    expect(await look(shown)).toMatchObject({ done: false, broken: { code: "degraded-again", id: ID } });
  });

  it("is asked for in each look where nobody hears of events", async () => {
    isUnwatched = true;
    await look(OTHERWISE);
    expect(asked).toBe(1);
  });
});
