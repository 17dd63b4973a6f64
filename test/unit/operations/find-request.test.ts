import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openRecordsFolder } from "../../../local/records-folder.ts";
import { findHalfDone, findUnderWay, onlyBeginning } from "../../../src/operations/find-request.ts";
import { newRequest, type OperationRequest, VALID_MS } from "../../../src/operations/request.ts";
import { openRequests, resumeRequest, writeRequest } from "../../../src/operations/requests.ts";

const NOW = Date.parse("2024-02-05T08:40:00Z");
const ASKED = {
  operation: "recreate",
  deploymentId: "bgd-hy5ntvomddiv89r8",
  deploymentName: "orders-15",
  blue: "cluster-A",
  requestedBy: { name: "oncall" },
  via: "terminal",
  stateHash: "0",
  approved: true,
} as const;

async function records() {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-find-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return openRecordsFolder(folder);
}

const deleted: Partial<OperationRequest> = {
  usedBy: "arn",
  deletionBegunAt: "2024-02-05T08:41:00Z",
  outcome: { result: "failed", said: { code: "nothing-changed" }, at: "2024-02-05T08:42:00Z" },
};

describe("the operation that a name means", () => {
  it("is never found by a beginning, which only says whose it would be", () => {
    const other = { ...newRequest("2", { ...ASKED, deploymentId: "bgd-2", deploymentName: "orders-16" }, NOW) };
    const requests = [newRequest("1", ASKED, NOW), newRequest("3", ASKED, NOW), other];
    for (const beginning of ["orders", "bgd-"]) expect(findUnderWay(requests, beginning, NOW)).toBeUndefined();
    const names = [
      { id: ASKED.deploymentId, name: "orders-15" },
      { id: "bgd-2", name: "orders-16" },
    ];
    expect(onlyBeginning(requests, "orders-15")).toEqual({ code: "whole-name-needed", typed: "orders-15", deployments: names.slice(0, 1) });
    expect(onlyBeginning(requests, "orders")).toEqual({ code: "whole-name-needed", typed: "orders", deployments: names });
    expect(onlyBeginning(requests, "shop")).toBeUndefined();
  });

  it("is not found by a name that is another deployment's id", () => {
    const id = ASKED.deploymentId;
    const called = { ...newRequest("2", { ...ASKED, deploymentId: "bgd-wi89nwzglccsfake", deploymentName: id }, NOW + 1), ...deleted };
    expect(findUnderWay([newRequest("1", ASKED, NOW), called], id, NOW)?.key).toBe("request#1");
    expect(findHalfDone([called], id, NOW)).toBeUndefined();
    expect(findHalfDone([called], "bgd-wi89nwzglccsfake", NOW)).toBe(called);
  });

  it("is under way until nobody may begin it any more", async () => {
    const kept = await records();
    await writeRequest(kept, newRequest("1", ASKED, NOW));
    expect(findUnderWay(await openRequests(kept), "orders-15", NOW)).toBeDefined();
    expect(findUnderWay(await openRequests(kept), "bgd-hy5ntvomddiv89r8", NOW)).toBeDefined();
    expect(findUnderWay(await openRequests(kept), "orders", NOW)).toBeUndefined();
    expect(findUnderWay(await openRequests(kept), "orders-15", NOW + VALID_MS)).toBeUndefined();
  });

  it("is half done where nothing was created, also once nobody has begun to go on in time", async () => {
    const kept = await records();
    await writeRequest(kept, { ...newRequest("1", ASKED, NOW), ...deleted });
    expect(findHalfDone(await openRequests(kept), "orders-15", NOW)).toBeDefined();
    await resumeRequest(kept, "1", { name: "oncall" }, NOW);
    expect(findHalfDone(await openRequests(kept), "orders-15", NOW)).toBeUndefined();
    const later = NOW + VALID_MS;
    expect(findHalfDone(await openRequests(kept), "orders-15", later)).toBeDefined();
    const again = await resumeRequest(kept, "1", { name: "oncall" }, later);
    expect(findUnderWay([again], "orders-15", later)).toBeDefined();
    expect(again.resumed).toHaveLength(2);
  });
});
