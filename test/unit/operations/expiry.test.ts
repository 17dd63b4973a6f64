import { describe, expect, it } from "vitest";
import { type Kept, recordsInMemory } from "../../../local/records-memory.ts";
import { newRequest, type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { amendRequest, resumeRequest, writeRequest } from "../../../src/operations/requests.ts";

const NOW = Date.parse("2024-02-05T06:00:00Z");
const DAY = 24 * 3_600_000;
const ID = "r1";
const ASKED = {
  operation: "switchover",
  deploymentId: "bgd-1",
  deploymentName: "orders-15",
  blue: "cluster-A",
  requestedBy: { name: "oncall" },
  via: "terminal",
  stateHash: "0",
  approved: true,
} as const;

const at = (days: number) => new Date(NOW + days * DAY).toISOString();
const seconds = (days: number) => (NOW + days * DAY) / 1_000;

/** When DynamoDB deletes a request to which all of this has happened, one after the other. */
async function expiryAfter(...changes: Partial<OperationRequest>[]): Promise<number | undefined> {
  const kept = new Map<string, Kept>();
  const records = recordsInMemory(kept);
  await writeRequest(records, newRequest(ID, ASKED, NOW));
  for (const change of changes) await amendRequest(records, ID, (it) => ({ ...it, ...change }));
  return (kept.get(requestKey(ID))?.item as OperationRequest | undefined)?.expiresAt;
}

const unclear = { result: "unclear", said: { code: "nothing-changed" }, at: at(3) } as const;

describe("a request", () => {
  it("that nothing has begun is deleted 30 days after it was made", async () => {
    expect(await expiryAfter()).toBe(seconds(30));
    expect(await expiryAfter({ approval: { channel: "C", ts: "1" } })).toBe(seconds(30));
  });

  it("that an execution uses is never deleted: it holds a database", async () => {
    expect(await expiryAfter({ usedBy: "arn" })).toBeUndefined();
    expect(await expiryAfter({ usedBy: "arn" }, { cancelled: { by: { name: "oncall" }, at: at(1) } })).toBeUndefined();
  });

  it("that has ended is deleted 30 days after its end", async () => {
    expect(await expiryAfter({ usedBy: "arn" }, { outcome: { result: "done", said: { code: "nothing-changed" }, at: at(6) } })).toBe(
      seconds(36),
    );
    expect(await expiryAfter({ outcome: { result: "refused", said: { code: "nothing-changed" }, at: at(1) } })).toBe(seconds(31));
  });

  it("of which a person has to decide how it ended is deleted 30 days after they have", async () => {
    expect(await expiryAfter({ usedBy: "arn" }, { outcome: unclear })).toBeUndefined();
    expect(await expiryAfter({ usedBy: "arn" }, { outcome: unclear }, { decided: { by: { name: "oncall" }, at: at(50) } })).toBe(
      seconds(80),
    );
  });

  it("that was resumed is deleted 30 days after that, if nothing begins it", async () => {
    const records = recordsInMemory();
    await writeRequest(records, newRequest(ID, { ...ASKED, operation: "recreate" }, NOW));
    const failed = { result: "failed", said: { code: "nothing-changed" }, at: at(1) } as const;
    await amendRequest(records, ID, (it) => ({ ...it, usedBy: "arn", deletionBegunAt: at(1), deletedAt: at(1), outcome: failed }));
    expect((await resumeRequest(records, ID, { name: "oncall" }, NOW + 20 * DAY)).expiresAt).toBe(seconds(50));
  });
});
