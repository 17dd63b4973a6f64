import { createHash } from "node:crypto";

/** The id of the policy's request for a deployment: always the same, in the form of a UUID, so that the policy asks once. */
export function policyRequestId(deploymentId: string): string {
  const hash = createHash("sha256").update(`policy|${deploymentId}`).digest("hex");
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
