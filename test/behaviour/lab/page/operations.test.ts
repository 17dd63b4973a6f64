import { expect, it } from "vitest";
import { newRequest, type OperationNote, type OperationRequest, requestKey } from "../../../../src/operations/request.ts";
import { Viewer } from "./feed.ts";
import { openPage, type TestPage } from "./page.ts";

const ID = "0f9a2c41-7d35-4b8e-9c51-2f6d3e8a7b10";
const ASKED = {
  operation: "recreate",
  deploymentId: "bgd-1",
  deploymentName: "orders-16",
  blue: "cluster-1",
  requestedBy: { name: "arn:aws:iam::123456789012:user/oncall" },
  via: "terminal",
  stateHash: "0",
  approved: true,
} as const;

function write({ records }: TestPage, more: Partial<OperationRequest> = {}, id = ID): void {
  records.set(requestKey(id), { ...newRequest(id, ASKED, 0), ...more });
}

const note = (step: OperationNote["step"]): OperationNote => ({
  step,
  at: "2024-02-05T08:20:00.000Z",
  said: { code: "green-gone" },
  run: 0,
});

async function viewer({ get }: TestPage): Promise<Viewer> {
  return new Viewer(await get("/feed"));
}

it("tells a late visitor of an operation: who asked, what was done, how it ended", async () => {
  const lab = await openPage();
  lab.requestIds.push(ID);
  const said = { code: "nothing-changed" } as const;
  const outcome = { result: "done", said, at: "2024-02-05T09:20:00.000Z" } as const;
  write(lab, { usedBy: "arn:execution", notes: [note("started"), note("deleting")], created: "bgd-2", outcome });
  const { operations } = await (await viewer(lab)).next("state");
  expect(operations).toMatchObject([
    {
      requestId: ID,
      requestedBy: ASKED.requestedBy.name,
      via: "terminal",
      begun: true,
      created: "bgd-2",
      halfDone: false,
      outcome: { result: "done", text: "The guard has changed nothing." },
    },
  ]);
  expect(operations[0]?.notes.map(({ step }) => step)).toEqual(["started", "deleting"]);
});

it("tells viewers of each thing that is written down while they watch", async () => {
  const lab = await openPage();
  const watching = await viewer(lab);
  expect((await watching.next("state")).operations).toEqual([]);
  lab.requestIds.push(ID, ID);
  write(lab);
  expect(await watching.next("operations")).toMatchObject([{ begun: false, notes: [] }]);
  write(lab, { usedBy: "arn:execution", notes: [note("started")] });
  expect(await watching.next("operations")).toMatchObject([{ begun: true, notes: [{ step: "started" }] }]);
});

it("says of what was deleted and not created that it can go on, and follows it when it does", async () => {
  const lab = await openPage();
  lab.requestIds.push(ID);
  const outcome = { result: "failed", said: { code: "nothing-changed" }, at: "2024-02-05T09:20:00.000Z" } as const;
  write(lab, { usedBy: "arn:execution", deletionBegunAt: "2024-02-05T08:20:00.000Z", outcome });
  const watching = await viewer(lab);
  expect((await watching.next("state")).operations).toMatchObject([{ halfDone: true }]);
  write(lab, { resumed: [{ by: { name: "oncall" }, at: "2024-02-05T10:00:00.000Z" }] });
  expect(await watching.next("operations")).toMatchObject([{ halfDone: false, resumed: [{ by: "oncall" }] }]);
});

it("shows no operation for a request that nobody wrote down", async () => {
  const lab = await openPage();
  lab.requestIds.push("forged");
  expect((await (await viewer(lab)).next("state")).operations).toEqual([]);
});

it("goes on showing what was known while the records do not answer", async () => {
  const lab = await openPage();
  lab.requestIds.push(ID);
  write(lab);
  const watching = await viewer(lab);
  await watching.next("state");
  lab.records.get = () => {
    throw new Error("no answer");
  };
  lab.slack.say("C0BLUEGREEN", "meanwhile");
  await watching.next("message");
  const late = await viewer(lab);
  expect((await late.next("state")).operations).toHaveLength(1);
});
