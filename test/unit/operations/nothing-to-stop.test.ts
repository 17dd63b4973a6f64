import { expect, it } from "vitest";
import { nothingToStopWords } from "../../../src/operations/find-request.ts";
import { newRequest } from "../../../src/operations/request.ts";

const request = newRequest(
  "0f9a2c41-7d35-4b8e-9c51-2f6d3e8a7b10",
  {
    operation: "recreate",
    deploymentId: "bgd-1",
    deploymentName: "blue-green",
    blue: "cluster-BLUE",
    requestedBy: "somebody",
    via: "terminal",
    stateHash: "",
    approved: true,
  },
  0,
);

it("a typing error reassures nobody: what is under way is named", () => {
  expect(nothingToStopWords([request], "blue-gren")).toBe('No operation on "blue-gren" is under way. One is under way on blue-green.');
  expect(nothingToStopWords([], "blue-green")).toBe('No operation on "blue-green" is under way: there is nothing to stop.');
});

it("several are named as several, and what ended unclear is not said to be under way", () => {
  const named = (deploymentName: string) => ({ ...request, deploymentName });
  const unclear = { ...named("c"), outcome: { result: "unclear", text: "", at: request.requestedAt } } as const;
  expect(nothingToStopWords([named("a"), named("b")], "x")).toBe('No operation on "x" is under way. Others are under way on a and b.');
  expect(nothingToStopWords([unclear], "x")).toBe('No operation on "x" is under way. How the switchover of c ended is not clear.');
  expect(nothingToStopWords([named("a"), unclear], "x")).toBe(
    'No operation on "x" is under way. One is under way on a. How the switchover of c ended is not clear.',
  );
});

it("where another guard's operations are not seen, nobody is told that there is nothing to stop", () => {
  expect(nothingToStopWords([], "x", "A guard is deployed.")).toBe('No operation on "x" is seen from here. A guard is deployed.');
});
