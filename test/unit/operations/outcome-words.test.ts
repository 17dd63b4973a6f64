import { expect, it } from "vitest";
import { saidWords } from "../../../src/messages/en/operations/said.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { endedAs } from "../../../src/operations/ended-as.ts";
import type { OperationResult } from "../../../src/operations/operation.ts";
import { newRequest, type OperationRequest } from "../../../src/operations/request.ts";
import type { Reason } from "../../../src/operations/says/reasons.ts";

const NOW = Date.parse("2024-02-05T06:00:00Z");
const AT = "2024-02-05T06:00:00Z";
const asked = {
  deploymentId: "bgd-1",
  deploymentName: "orders-15",
  blue: "cluster-A",
  requestedBy: { name: "oncall" },
  via: "slack",
  stateHash: "0",
  approved: true,
} as const;
const REQUESTS = (["recreate", "switchover"] as const).map((operation) => newRequest("r1", { operation, ...asked }, NOW));

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

const said = (text: string): Reason => ({ code: "aws-said", text });

it.each([undefined, said(""), said("Somebody said so"), said("It is over.")])(
  "how an operation ended has no hole where its reason is %j",
  (reason) => {
    for (const request of REQUESTS) {
      for (const result of RESULTS) {
        for (const state of STATES) {
          const text = saidWords(endedAs({ ...request, ...state }, result, reason), inTerminal);
          expect(text).not.toMatch(/ {2}|^ | $|\.\.|: \.|:\s*$/);
        }
      }
    }
  },
);

it("of a switchover whose end is unclear says what to do, also without a reason", () => {
  const [, switchover] = REQUESTS;
  if (!switchover) throw new Error("There is no request.");
  expect(saidWords(endedAs({ ...switchover, attemptedAt: AT }, "unclear"), inTerminal)).toMatch(
    /^How the switchover of orders-15 ended is unclear\. Look in the RDS console .*: npx bluegreen-guard cancel orders-15$/,
  );
});
