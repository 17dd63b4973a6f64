import { describe, expect, it } from "vitest";
import { degradationBy, sayingDegraded } from "../../../src/deployments/degradation.ts";
import { first } from "../../support/deployments/upgrade.ts";

const said = (at: string, degraded = true) => ({ at, text: `said at ${at}`, reading: { degraded } });
const NOW = Date.parse("2024-02-06T00:00:00.000Z");

describe("what says that replication is degraded", () => {
  const earlier = said("2024-02-05T05:00:00.000Z");
  const one = said("2024-02-05T07:00:00.000Z");
  const two = said("2024-02-05T08:00:00.000Z");

  it("comes oldest first, and counts since the deployment was created", () => {
    expect(sayingDegraded([two, said("2024-02-05T09:00:00.000Z", false), earlier, one], "2024-02-05T06:08:00.000Z")).toEqual([one, two]);
    expect(sayingDegraded([two, earlier], undefined)).toEqual([earlier, two]);
  });

  it("makes it degraded, as of the last time", () => {
    expect(degradationBy(first(), [two, one], NOW)).toEqual({ state: "degraded", lastAt: two.at, text: two.text });
  });
});

// A creation that failed for incompatible parameters has this status: github.com/instantdb/instant, issue 738.
it("does not take the status INVALID_CONFIGURATION for degraded where no event says so", () => {
  expect(degradationBy(first({ status: "INVALID_CONFIGURATION", statusDetails: "Why." }), [], NOW)).toEqual({ state: "not-seen" });
});

it("knows only of a deployment as young as the events that RDS lists", () => {
  expect(degradationBy(first(), [], NOW)).toEqual({ state: "not-seen" });
  expect(degradationBy(first({ createTime: "2024-01-01T00:00:00.000Z" }), [], NOW)).toMatchObject({ state: "unknown" });
  expect(degradationBy(first({ createTime: undefined }), [], NOW)).toMatchObject({ state: "unknown" });
  // RDS refuses to list events of 14 days ago exactly, so the first minutes of such a deployment cannot be read.
  expect(degradationBy(first({ createTime: "2024-01-23T00:05:00.000Z" }), [], NOW)).toMatchObject({ state: "unknown" });
  expect(degradationBy(first({ createTime: "2024-01-23T00:10:00.000Z" }), [], NOW)).toEqual({ state: "not-seen" });
});
