import type { LagUnknowns } from "../../deployments/lag.ts";
import type { Words } from "../form.ts";
import { CALL_FAILURES } from "./findings/not-answered.ts";

/** Why a lag is not known. */
export const LAG_UNKNOWN: Words<LagUnknowns> = {
  ...CALL_FAILURES,
  "no-data": ({ name, instance }, as) => `CloudWatch has no data of ${as.text(name)} of ${as.text(instance)}.`,
  negative: ({ name, instance, value }, as) =>
    `${as.text(name)} of ${as.text(instance)} is ${value}, and AWS does not say what that means.`,
  "not-read": ({ name, instance, text }, as) => `CloudWatch could not read ${as.text(name)} of ${as.text(instance)}: ${as.text(text, 300)}`,
};
