import { beforeEach, describe, expect, it } from "vitest";
import { isMissing } from "../../../src/operations/missing.ts";
import { newRequest } from "../../../src/operations/request.ts";
import { Outside } from "../../support/simulation/ports.ts";

const START = Date.parse("2024-02-05T06:00:00Z");
const ID = "bgd-hy5ntvomddiv89r8";

let outside: Outside;
let now: number;
beforeEach(async () => {
  outside = new Outside(START, () => ({ deployments: [], databases: [] }));
  now = START;
  const request = {
    operation: "recreate",
    deploymentId: ID,
    deploymentName: "upgrade",
    blue: "cluster-ABC",
    requestedBy: { name: "oncall" },
    via: "terminal",
    stateHash: "0123456789abcdef",
    approved: true,
  } as const;
  await outside.records().write(newRequest("1", request, START));
});

/** Looks after so many seconds. */
const look = (seconds: number, isSo = true) => {
  now += seconds * 1_000;
  return isMissing("1", ID, isSo, { records: outside.records(), now: () => now });
};

describe("what RDS does not list", () => {
  it("is missing once every look of a minute has missed it", async () => {
    expect(await look(0)).toBe(false);
    for (const seconds of [15, 15, 15]) expect(await look(seconds)).toBe(false);
    expect(await look(15)).toBe(true);
  });

  it("is not missing if a look in between has found it", async () => {
    await look(0);
    await look(30, false);
    expect(await look(31)).toBe(false);
  });

  it("is not missing where an outage lies between two answers that left it out", async () => {
    await look(0);
    expect(await look(2_990)).toBe(false);
    expect(await look(60)).toBe(true);
  });
});
