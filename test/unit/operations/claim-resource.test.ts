import { beforeEach, describe, expect, it } from "vitest";
import { type BlueItem, blueKey, keepQuiet, NO_RESOURCE_ID, release, stillClaimed } from "../../../src/operations/claim.ts";
import { type Asked, newRequest, requestKey } from "../../../src/operations/request.ts";
import { storedRequest, takeRequest } from "../../../src/operations/use-request.ts";
import { Outside } from "../../support/simulation/ports.ts";

const START = Date.parse("2024-02-05T06:00:00Z");
const BLUE = "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const MINUTE = 60_000;
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

let outside: Outside;
let now: number;
beforeEach(() => {
  outside = new Outside(START, () => ({ deployments: [], databases: [] }));
  now = START;
});

const ports = () => ({ records: outside.records(), isRunning: async () => true, now: () => now });
const ask = (id: string, changes: Partial<Asked> = {}) => outside.records().write(newRequest(id, { ...ASKED, ...changes }, START));
const item = async () => (await outside.records().read<BlueItem>(blueKey(BLUE))) ?? { key: blueKey(BLUE), version: 0 };

describe("an operation does not begin", () => {
  it.each(["", "arn:aws:rds:ap-northeast-1:123456789012:cluster:orders"])(
    "where RDS showed blue without its resource id: '%s'",
    async (blue) => {
      await ask("r1", { blue });
      expect(await takeRequest("r1", "e1", ports())).toEqual({ result: "refused", reason: NO_RESOURCE_ID });
      expect(await outside.records().read(blueKey(blue))).toBeUndefined();
    },
  );

  it("for ten minutes on a database whose operation was ended by force, and does afterwards", async () => {
    await ask("r1");
    await keepQuiet(BLUE, { name: "oncall" }, START + 10 * MINUTE, outside.records());
    const reason = { code: "quiet", by: { name: "oncall" }, until: "2024-02-05T06:10:00.000Z" };
    expect(await stillClaimed(await item(), undefined, ports())).toEqual(reason);
    now = START + 10 * MINUTE - 1;
    expect(await takeRequest("r1", "e1", ports())).toEqual({ result: "refused", reason });
    now += 1;
    await ask("r2");
    expect(await takeRequest("r2", "e2", ports())).toMatchObject({ result: "ours" });
  });
});

it("an operation that holds its claim is not kept from going on by that", async () => {
  await ask("r1");
  await takeRequest("r1", "e1", ports());
  await keepQuiet(BLUE, { name: "oncall" }, START + 10 * MINUTE, outside.records());
  expect(await takeRequest("r1", "e1", ports())).toMatchObject({ result: "ours" });
  expect(await stillClaimed(await item(), "e1", ports())).toBeUndefined();
});

it("a shorter wait does not take the place of a longer one", async () => {
  await keepQuiet(BLUE, { name: "oncall" }, START + 10 * MINUTE, outside.records());
  await keepQuiet(BLUE, { name: "somebody" }, START + MINUTE, outside.records());
  expect((await item()).quiet).toEqual({ by: { name: "oncall" }, until: "2024-02-05T06:10:00.000Z" });
});

it("an operation whose request is not kept any more makes no change", async () => {
  await ask("r1");
  await takeRequest("r1", "e1", ports());
  outside.items.delete(requestKey("r1"));
  await expect(storedRequest("r1", outside.records())).rejects.toMatchObject({ reason: { code: "request-lost", requestId: "r1" } });
});

it("a claim that is released is found no more among the open items", async () => {
  await ask("r1");
  await takeRequest("r1", "e1", ports());
  const open = async () => (await outside.records().open()).map(({ key }) => key);
  expect(await open()).toContain(blueKey(BLUE));
  await release(BLUE, "e1", outside.records());
  expect(await open()).not.toContain(blueKey(BLUE));
});
