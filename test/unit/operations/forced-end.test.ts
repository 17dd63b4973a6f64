import { expect, it } from "vitest";
import { recordsInMemory } from "../../../local/records-memory.ts";
import { quietOn, readBlue } from "../../../src/operations/claim.ts";
import { endOperation } from "../../../src/operations/end.ts";
import { newRequest, type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { amendRequest, writeRequest } from "../../../src/operations/requests.ts";
import { POLICY } from "../../../src/operations/says/asker.ts";
import { wordsOf } from "../../support/operations/words.ts";

const START = Date.parse("2024-02-05T07:24:31Z");
const AT = new Date(START).toISOString();
const ID = "8c169f5d-dcc1-02b9-e9ab-e8b7e1ee3517";
const BLUE = "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ";

it("an operation that a person ends by force has ended only once its ten minutes are written down", async () => {
  const records = recordsInMemory();
  const asked = {
    operation: "recreate",
    deploymentId: "bgd-1",
    deploymentName: "orders-15",
    blue: BLUE,
    stateHash: "",
    approved: true,
  } as const;
  await writeRequest(records, newRequest(ID, { ...asked, requestedBy: POLICY, via: "policy" }, START));
  await amendRequest(records, ID, (it) => ({ ...it, usedBy: "dead", forced: { by: { name: "oncall" }, at: AT, seen: "running" } }));
  const end = (write: typeof records.write) => {
    const ports = { records: { ...records, write }, now: () => START, tell: async () => true };
    return endOperation(ID, "dead", { reason: { code: "broken-off", execution: "dead", status: "STOPPED" } }, ports);
  };
  const dies: typeof records.write = async (item, ...rest) => {
    if (item.key.startsWith("blue#")) throw new Error("The run dies.");
    return records.write(item, ...rest);
  };
  await expect(end(dies)).rejects.toThrow("The run dies.");
  expect(await records.read<OperationRequest>(requestKey(ID))).not.toHaveProperty("outcome");
  await end(records.write);
  expect(wordsOf((await records.read<OperationRequest>(requestKey(ID)))?.outcome)).toContain("oncall ended it by force.");
  const blue = await readBlue(BLUE, records);
  expect(quietOn(blue, START + 10 * 60_000 - 1)).toMatchObject({ code: "quiet", by: { name: "oncall" } });
  expect(quietOn(blue, START + 10 * 60_000)).toBeUndefined();
});
