import { describe, expect, it } from "vitest";
import { isRefusal, isTransient, wasNotTaken } from "../../../src/clients/transient.ts";

const answered = (name: string, httpStatusCode: number) => Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
const unanswered = (code: string) => Object.assign(new Error(code), { code });

// The words of each service, from its API reference, "Common errors" and the errors of its calls.
const THROTTLED = [
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "RequestThrottledException",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "ProvisionedThroughputExceededException",
  "SlowDown",
];
const EXPIRED = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"];
const REFUSED = [
  "AccessDenied",
  "InvalidBlueGreenDeploymentStateFault",
  "BlueGreenDeploymentNotFoundFault",
  "ConditionalCheckFailedException",
];

describe("an error of AWS", () => {
  it.each([...THROTTLED, ...EXPIRED])("%s passes by itself, and says that the call was not taken", (name) => {
    const error = answered(name, 400);
    expect([isTransient(error), isRefusal(error), wasNotTaken(error)]).toEqual([true, false, true]);
  });

  it.each(REFUSED)("%s is a refusal of the call", (name) => {
    const error = answered(name, 400);
    expect([isTransient(error), isRefusal(error), wasNotTaken(error)]).toEqual([false, true, true]);
  });

  it.each([500, 502, 503, 504, 509])("with HTTP status %s passes by itself, and does not say whether the call was taken", (status) => {
    const error = answered("InternalFailure", status);
    expect([isTransient(error), isRefusal(error), wasNotTaken(error)]).toEqual([true, false, false]);
  });
});

describe("without an answer of AWS,", () => {
  it.each(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED"])("%s passes by itself, and the call has never left", (code) => {
    const error = unanswered(code);
    expect([isTransient(error), isRefusal(error), wasNotTaken(error)]).toEqual([true, false, true]);
  });

  it.each(["ECONNRESET", "EPIPE", "ETIMEDOUT"])("%s passes by itself, and the call may have been taken", (code) => {
    const error = unanswered(code);
    expect([isTransient(error), isRefusal(error), wasNotTaken(error)]).toEqual([true, false, false]);
  });

  it.each(["TimeoutError", "RequestTimeout"])("%s passes by itself, and the call may have been taken, with a status or without", (name) => {
    for (const error of [Object.assign(new Error("late"), { name }), answered(name, 408)])
      expect([isTransient(error), isRefusal(error), wasNotTaken(error)]).toEqual([true, false, false]);
  });

  it("a page with status 408 of somebody on the way is neither a refusal nor proof that nothing was taken", () => {
    const error = answered("SyntaxError", 408);
    expect([isRefusal(error), wasNotTaken(error)]).toEqual([false, false]);
  });

  it("an error without status or code is neither a refusal nor proof that nothing was taken", () => {
    const error = new Error("socket hang up");
    expect([isRefusal(error), wasNotTaken(error)]).toEqual([false, false]);
  });
});
