import type { EvaluationResult } from "@aws-sdk/client-iam";
import { expect, it } from "vitest";
import { decisionOn } from "../../../../../src/clients/rds/describe/decision.ts";
import { known } from "../../../../../src/plans/answer.ts";
import { checkPermissions } from "../../../../../src/plans/preflight/permissions.ts";
import onEverything from "./fixtures/simulated-on-everything.json" with { type: "json" };
import onResources from "./fixtures/simulated-on-resources.json" with { type: "json" };

// The two forms of an answer: IAM API reference, EvaluationResult and ResourceSpecificResult, MissingContextValues.
const resultsOf = ({ EvaluationResults }: { EvaluationResults: unknown }) => EvaluationResults as EvaluationResult[];
const create = (resource: string) => ({ action: "rds:CreateDBCluster", resource });
const ORDERS = create("arn:aws:rds:ap-northeast-1:123456789012:cluster:orders-green-000000");
const PAYMENTS = create("arn:aws:rds:ap-northeast-1:123456789012:cluster:payments-green-000000");

it.each([
  ["each resource's own entry", ORDERS, onResources],
  ["the result, where no resource was named", create("*"), onEverything],
])("a missing condition value is read from %s, and makes the action unknown", (_where, required, answer) => {
  const decision = decisionOn(required, resultsOf(answer));
  expect(decision).toEqual({ ...required, decision: "implicitDeny", incomplete: true });
  expect(checkPermissions(known([decision])).result).toBe("unknown");
});

it("another resource's denial and missing values are not this one's", () => {
  expect(decisionOn(PAYMENTS, resultsOf(onResources))).toEqual({ ...PAYMENTS, decision: "allowed", incomplete: false });
});

it("without a missing value, a denial is a failure", () => {
  const [result] = structuredClone(resultsOf(onResources));
  if (result?.ResourceSpecificResults?.[0]) result.ResourceSpecificResults[0].MissingContextValues = [];
  const decision = decisionOn(ORDERS, result ? [result] : []);
  expect(decision.incomplete).toBe(false);
  expect(checkPermissions(known([decision])).result).toBe("fail");
});

it("the action's name is compared without its case, and an action that is not in the answer is unknown", () => {
  const shouted = { ...PAYMENTS, action: "RDS:CREATEDBCLUSTER" };
  expect(decisionOn(shouted, resultsOf(onResources)).decision).toBe("allowed");
  expect(decisionOn({ ...PAYMENTS, action: "rds:CreateDBInstance" }, resultsOf(onResources))).toMatchObject({ incomplete: true });
});
