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
  expect(nothingToStopWords([request], "blue-gren")).toBe('No operation on "blue-gren" is under way: one is under way on blue-green.');
  expect(nothingToStopWords([], "blue-green")).toBe('No operation on "blue-green" is under way: there is nothing to stop.');
});
