import { expect, it } from "vitest";
import type { OperationResult } from "../../../src/operations/operation.ts";
import { outcomeWords } from "../../../src/operations/recreate/words.ts";
import { newRequest, type OperationRequest } from "../../../src/operations/request.ts";
import { switchoverWords } from "../../../src/operations/switchover/words.ts";

const NOW = Date.parse("2024-02-05T06:00:00Z");
const AT = "2024-02-05T06:00:00Z";
const request = newRequest(
  "r1",
  {
    operation: "switchover",
    deploymentId: "bgd-1",
    deploymentName: "orders-15",
    blue: "cluster-A",
    requestedBy: "oncall",
    via: "slack",
    stateHash: "0",
    approved: true,
  },
  NOW,
);

const RESULTS: OperationResult[] = ["done", "partly", "refused", "failed", "cancelled", "unclear"];
const STATES: Partial<OperationRequest>[] = [
  {},
  { attemptedAt: AT },
  { unprotectBegunAt: AT },
  { deletionBegunAt: AT },
  { deletionBegunAt: AT, deletionRefused: { text: "", at: AT, unsure: false } },
  { deletedAt: AT },
  { deletedAt: AT, creationBegunAt: AT },
  { deletedAt: AT, created: "bgd-2" },
  { created: "bgd-2", degradedAgain: true },
];

it.each([undefined, "", "Somebody said so", "It is over."])("how an operation ended has no hole where its reason is %j", (reason) => {
  for (const words of [outcomeWords, switchoverWords]) {
    for (const result of RESULTS) {
      for (const state of STATES) {
        const text = words({ ...request, ...state }, result, reason);
        expect(text).not.toMatch(/ {2}|^ | $|\.\.|: \.|:\s*$/);
      }
    }
  }
});

it("of a switchover whose end is unclear says what to do, also without a reason", () => {
  expect(switchoverWords({ ...request, attemptedAt: AT }, "unclear")).toMatch(
    /^How the switchover of orders-15 \(bgd-1\) ended is unclear\. Look in the RDS console .*: npx bluegreen-guard cancel orders-15$/,
  );
});
