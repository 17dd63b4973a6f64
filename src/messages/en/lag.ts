import type { LagUnknowns } from "../../deployments/lag.ts";
import type { Words } from "../form.ts";
import { sentence } from "../sentences.ts";
import { CALL_FAILURES } from "./findings/not-answered.ts";

/** Why a lag is not known. */
export const LAG_UNKNOWN: Words<LagUnknowns> = {
  ...CALL_FAILURES,
  "no-data": ({ name, instance }, as) => `CloudWatch has no data of ${as.code(name)} of ${as.code(instance)}.`,
  negative: ({ name, instance, value }, as) =>
    `${as.code(name)} of ${as.code(instance)} is ${value}, and AWS does not say what that means.`,
  "not-read": ({ name, instance, text }, as) =>
    `CloudWatch could not read ${as.code(name)} of ${as.code(instance)}: ${sentence(as.text(text, 300))}`,
};
