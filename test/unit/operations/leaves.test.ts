import { expect, it } from "vitest";
import { leavesOf } from "../../../src/operations/read/under-way.ts";
import { newRequest, type OperationRequest } from "../../../src/operations/request.ts";

const AT = "2024-02-05T06:24:11.000Z";
const request = newRequest(
  "aa56061a-9935-40e6-834e-84a12f2104b2",
  {
    operation: "recreate",
    deploymentId: "bgd-1",
    deploymentName: "orders-15",
    blue: "cluster-ORDERS",
    requestedBy: { name: "operator" },
    via: "terminal",
    stateHash: "",
    approved: true,
  },
  Date.parse(AT),
);

it.each<[string, Partial<OperationRequest>, string]>([
  ["before its first change", {}, "everything"],
  ["once the deletion was about to be asked for, whose answer may be lost", { deletionBegunAt: AT }, "maybe-no-green"],
  ["once RDS refused the deletion", { deletionBegunAt: AT, deletionRefused: { text: "No.", at: AT, unsure: false } }, "everything"],
  [
    "once RDS refused the deletion, and may have taken an earlier call",
    { deletionBegunAt: AT, deletionRefused: { text: "No.", at: AT, unsure: true } },
    "maybe-no-green",
  ],
  ["once RDS accepted the deletion", { deletionBegunAt: AT, deletedAt: AT }, "no-green"],
  ["once the creation was about to be asked for", { deletionBegunAt: AT, deletedAt: AT, creationBegunAt: AT }, "maybe-green"],
  ["once RDS builds the new green", { deletionBegunAt: AT, deletedAt: AT, creationBegunAt: AT, created: "bgd-2" }, "new-green"],
])("a recreation that stops %s says what it leaves", (_when, changes, leaves) => {
  expect(leavesOf({ ...request, ...changes })).toBe(leaves);
});
