import { ASKED_FIELD_NAMES } from "../../plans/spec/asked-fields.ts";
import type { AskedFields } from "../../plans/spec/settled.ts";
import type { OperationRequest } from "../request.ts";
import type { Reason } from "../says/reasons.ts";

/** Why a recreation that has begun is not the one that a person asks for now; undefined if it is. */
export function whyNotAsAsked({ asked = {}, intent }: OperationRequest, now: AskedFields = {}): Reason | undefined {
  const begun: AskedFields = intent ? { ...intent.spec, targetDBParameterGroupName: intent.spec.targetDBParameterGroupNames[0] } : asked;
  const others = ASKED_FIELD_NAMES.filter((name) => now[name] !== undefined && now[name] !== begun[name]);
  if (others.length === 0) return undefined;
  return { code: "begun-otherwise", fields: others.map((field) => ({ field, begun: begun[field] })) };
}
