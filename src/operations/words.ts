import type { OperationRequest } from "./request.ts";

/** Somebody else's text as a sentence among ours: adds a full stop if it has no end mark. */
export const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) || text.trim() === "" ? text.trim() : `${text.trim()}.`);

/** Who wants an operation, and who approved it. */
export const askedByWords = ({ requestedBy, via, approvedBy }: Pick<OperationRequest, "requestedBy" | "via" | "approvedBy">): string =>
  `Asked for by ${via === "policy" ? "the policy" : requestedBy}${approvedBy ? `, approved by ${approvedBy.by}` : ""}`;

/** What a request's deployment is called in a sentence: its name and its id. */
export const called = ({ deploymentName, deploymentId }: Pick<OperationRequest, "deploymentName" | "deploymentId">): string =>
  `${deploymentName} (${deploymentId})`;

/** Sentences as one text; one that is empty leaves no hole. */
export const told = (...sentences: readonly string[]): string => sentences.filter((it) => it !== "").join(" ");
