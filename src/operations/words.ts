import type { OperationRequest } from "./request.ts";

/** Text of others as a sentence among ours: with a full stop where it has no end. */
export const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) || text.trim() === "" ? text.trim() : `${text.trim()}.`);

/** Who wants an operation, and who approved it. */
export const askedByWords = ({ requestedBy, via, approvedBy }: Pick<OperationRequest, "requestedBy" | "via" | "approvedBy">): string =>
  `Asked for by ${via === "policy" ? "the policy" : requestedBy}${approvedBy ? `, approved by ${approvedBy.by}` : ""}`;

/** What the deployment of a request is called in a sentence: by its name and its id. */
export const called = ({ deploymentName, deploymentId }: Pick<OperationRequest, "deploymentName" | "deploymentId">): string =>
  `${deploymentName} (${deploymentId})`;
