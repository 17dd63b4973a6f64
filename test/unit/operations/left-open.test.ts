import { expect, it } from "vitest";
import { readBlue, stillClaimed } from "../../../src/operations/claim.ts";
import { type Asked, newRequest, type OperationRequest } from "../../../src/operations/request.ts";
import { amendRequest, writeRequest } from "../../../src/operations/requests.ts";
import { takeRequest } from "../../../src/operations/use-request.ts";
import { Outside } from "../../support/simulation/ports.ts";

const START = Date.parse("2024-02-05T06:00:00Z");
const AT = new Date(START).toISOString();
const EARLIER = new Date(START - 11 * 60_000).toISOString();
const BLUE = "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ASKED: Asked = {
  operation: "switchover",
  deploymentId: "bgd-hy5ntvomddiv89r8",
  deploymentName: "blue-green",
  blue: BLUE,
  requestedBy: { name: "oncall" },
  via: "terminal",
  stateHash: "0123456789abcdef",
  approved: true,
};

/** The execution `dead` of a switchover has ended with its request as `left`; another request comes. */
async function another(left: Partial<OperationRequest>) {
  const records = new Outside(START, () => ({ deployments: [], databases: [] })).records();
  const ports = { records, now: () => START, isRunning: async (execution: string) => execution !== "dead" };
  await writeRequest(records, newRequest("first", ASKED, START));
  await takeRequest("first", "dead", ports);
  await amendRequest(records, "first", (it) => ({ ...it, ...left }));
  const said = await stillClaimed(await readBlue(BLUE, records), undefined, ports);
  await writeRequest(records, newRequest("second", { ...ASKED, operation: "recreate" }, START));
  return { said, taken: await takeRequest("second", "alive", ports), owner: (await readBlue(BLUE, records)).claim?.owner };
}

const unclear = { result: "unclear", said: { code: "nothing-changed" }, at: AT } as const;

it.each<[string, Partial<OperationRequest>]>([
  ["RDS may have been asked, and nobody has said yet how that ended", { attemptedAt: AT }],
  ["it is written down as unclear, and not yet at the claim", { attemptedAt: AT, outcome: unclear }],
])("a database stays claimed by a switchover whose execution is dead where %s", async (_, left) => {
  const reason = { code: "left-open", operation: "switchover", since: AT };
  const { said, taken, owner } = await another(left);
  expect(said).toEqual(reason);
  expect(taken).toEqual({ result: "refused", reason });
  expect(owner).toBe("dead");
});

const forced = { by: { name: "oncall" }, at: AT, seen: "running" } as const;

it.each<[string, Partial<OperationRequest>]>([
  ["whose end nobody has written down yet", { forced }],
  ["whose end is written down, and not yet at the claim", { forced, outcome: { ...unclear, result: "cancelled" } }],
])("a database stays claimed by an operation that a person has ended by force, %s", async (_, left) => {
  const reason = { code: "quiet-until-its-end", by: { name: "oncall" } };
  const { said, taken, owner } = await another(left);
  expect(said).toEqual(reason);
  expect(taken).toEqual({ result: "refused", reason });
  expect(owner).toBe("dead");
});

it.each<[string, Partial<OperationRequest>]>([
  ["a person ended it by force more than ten minutes ago", { forced, outcome: { ...unclear, result: "cancelled", at: EARLIER } }],
  ["RDS was not asked", {}],
  ["a person has decided", { attemptedAt: AT, outcome: unclear, decided: { by: { name: "oncall" }, at: AT } }],
  ["it is done", { attemptedAt: AT, outcome: { ...unclear, result: "done" } }],
])("a database is taken over from a switchover whose execution is dead where %s", async (_, left) => {
  const { said, taken, owner } = await another(left);
  expect([said, taken.result, owner]).toEqual([undefined, "ours", "alive"]);
});
