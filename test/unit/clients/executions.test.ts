import { describe, expect, it } from "vitest";
import { type Execution, executionsFrom, runningIn } from "../../../src/clients/executions.ts";

const ARN = "arn:aws:lambda:ap-northeast-1:123456789012:function:recreate:1/durable-execution/one/1";
const answering = (answer: () => Execution | undefined) =>
  executionsFrom({ read: async () => answer(), stop: async () => undefined, wake: async () => false });
const throwing = (name: string) =>
  answering(() => {
    throw Object.assign(new Error("no"), { name });
  });

describe("an execution", () => {
  // Source: Lambda API, GetDurableExecution, "Status": RUNNING | SUCCEEDED | FAILED | TIMED_OUT | STOPPED.
  it.each(["SUCCEEDED", "FAILED", "TIMED_OUT", "STOPPED"])("that Lambda calls %s can change nothing more", async (status) => {
    const executions = answering(() => ({ status }));
    expect(await executions.ownerOf(ARN)).toEqual({ state: "ended", status });
    expect(await runningIn(executions)(ARN)).toBe(false);
  });

  it.each([
    ["that Lambda calls RUNNING", answering(() => ({ status: "RUNNING" })), "running"],
    ["with a status that is new", answering(() => ({ status: "PAUSED" })), "running"],
    ["that Lambda does not know", answering(() => undefined), "gone"],
    ["that one may not ask for", throwing("AccessDeniedException"), "unknown"],
    ["that Lambda is too busy to look up", throwing("TooManyRequestsException"), "unknown"],
    ["of which Lambda does not answer in time", throwing("TimeoutError"), "unknown"],
  ])("%s may still change something", async (_which, executions, state) => {
    expect(await executions.ownerOf(ARN)).toMatchObject({ state });
    expect(await runningIn(executions)(ARN)).toBe(true);
  });
});
