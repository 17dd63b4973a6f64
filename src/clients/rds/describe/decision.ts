import type { EvaluationResult } from "@aws-sdk/client-iam";
import type { PermissionDecision, RequiredPermission } from "../../../plans/preflight/permissions.ts";

/**
 * IAM's decision on a permission, from the results of a simulation on its resource.
 *
 * A resource that was named has an entry of its own, with the values that its conditions miss; without one, the result itself lists them.
 * Source: IAM API reference, EvaluationResult and ResourceSpecificResult.
 */
export function decisionOn(required: RequiredPermission, results: readonly EvaluationResult[]): PermissionDecision {
  const result = results.find(({ EvalActionName = "" }) => EvalActionName.toLowerCase() === required.action.toLowerCase());
  if (!result) return { ...required, decision: "implicitDeny", incomplete: true };
  const specific = result.ResourceSpecificResults?.find(({ EvalResourceName }) => EvalResourceName === required.resource);
  const missing = [...(specific?.MissingContextValues ?? []), ...(result.MissingContextValues ?? [])];
  const decision = specific?.EvalResourceDecision ?? result.EvalDecision ?? "implicitDeny";
  return { ...required, decision, incomplete: missing.length > 0 };
}
