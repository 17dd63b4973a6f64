import { expect, it } from "vitest";
import { recordsInMemory } from "../../../local/records-memory.ts";
import { logOnly } from "../../../src/clients/telemetry.ts";
import { askForApproval, goOn } from "../../../src/conversation/begin.ts";
import type { AnswerDependencies } from "../../../src/conversation/ports.ts";
import type { Actor } from "../../../src/conversation/slack-request.ts";
import { newRequest, type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { approveRequest, resumeRequest, writeRequest } from "../../../src/operations/requests.ts";

const ID = "0f9a2c41-7d35-4b8e-9c51-2f6d3e8a7b10";
const NOW = Date.parse("2024-02-05T06:00:00Z");
const COLLEAGUE = { id: "U0COLLEAGUE", name: "colleague (U0COLLEAGUE)" } as Actor;

const asked = {
  operation: "recreate",
  deploymentId: "bgd-aaaaaaaaaaaaaaaa",
  deploymentName: "orders-15",
  blue: "cluster-A",
  requestedBy: "oncall (U0ONCALL)",
  via: "slack",
  stateHash: "0",
} as const;

function ports(records: AnswerDependencies["records"], others: Partial<AnswerDependencies>): AnswerDependencies {
  const time = { now: () => NOW, until: async () => undefined };
  return { records, time, telemetry: logOnly(), approvals: 0, executions: {}, ...others } as unknown as AnswerDependencies;
}

const kept = (records: AnswerDependencies["records"]) => records.read<OperationRequest>(requestKey(ID));

it("what somebody else has just gone on with is not handed over twice, and does not end because that fails", async () => {
  const records = recordsInMemory();
  const outcome = { result: "failed", text: "NOTHING was created in its place.", at: "2024-02-05T05:00:00Z" } as const;
  await writeRequest(records, {
    ...newRequest(ID, { ...asked, approved: true }, NOW),
    deletedAt: outcome.at,
    deletionBegunAt: outcome.at,
    outcome,
  });
  let isFirst = true;
  const read: typeof records.read = async (key) => {
    const found = await records.read<never>(key);
    if (key === requestKey(ID) && isFirst) {
      isFirst = false;
      await resumeRequest(records, ID, "oncall (U0ONCALL)", NOW - 5);
    }
    return found;
  };
  let puts = 0;
  const bus = {
    async request() {
      puts += 1;
      throw new Error("No answer within 5000 ms.");
    },
  } as unknown as AnswerDependencies["bus"];
  const reply = await goOn(ID, COLLEAGUE, async () => "yes", ports({ ...records, read }, { bus }));
  expect(JSON.stringify(reply)).toContain("There is nothing left to go on with.");
  expect(puts).toBe(0);
  expect(await kept(records)).toMatchObject({ resumed: [{ by: "oncall (U0ONCALL)" }] });
  expect((await kept(records))?.outcome).toBeUndefined();
});

it("what was approved in a message whose answer was lost does not end because of that", async () => {
  const records = recordsInMemory();
  const request = newRequest(ID, { ...asked, approved: false, askerId: "U0ONCALL" }, NOW);
  await writeRequest(records, request);
  const slack = {
    async post() {
      await approveRequest(records, ID, COLLEAGUE, NOW);
      throw new Error("No answer within 5000 ms.");
    },
  } as unknown as AnswerDependencies["slack"];
  await expect(askForApproval(request, ID, [], ports(records, { slack }))).rejects.toThrow("No answer");
  expect(await kept(records)).toMatchObject({ approved: true });
  expect((await kept(records))?.outcome).toBeUndefined();
});
