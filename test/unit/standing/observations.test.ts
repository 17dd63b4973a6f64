import { describe, expect, it } from "vitest";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { type Fact, withReport } from "../../../src/facts/facts.ts";
import { rules } from "../../../src/rules/index.ts";
import { observe, progressShown } from "../../../src/standing/observations.ts";
import { OBSERVED } from "../../../src/standing/observed.ts";
import { factsOf, first, reportOf, second, told } from "../../support/deployments/upgrade.ts";

const NOW = "2024-02-05T12:30:00.000Z";
const STUCK_AFTER = 6;

/** The signals that a look shows beyond what is known. */
function signals(deployment: Deployment | undefined, facts: readonly Fact[] = [], progressSince?: string): string[] {
  return observe("bgd-hy5ntvomddiv89r8", deployment, { facts, progressSince }, NOW, STUCK_AFTER).map(({ signal }) => signal);
}

/** What is known once a look at `at` was written down. */
function knownAfter(deployment: Deployment | undefined, facts: readonly Fact[] = [], at = NOW): readonly Fact[] {
  const seen = observe("bgd-hy5ntvomddiv89r8", deployment, { facts }, at, STUCK_AFTER);
  return seen.reduce((all, { signal, report }) => {
    const meaning = [...rules, ...OBSERVED].find(({ id }) => id === signal);
    if (!meaning) throw new Error(`Nobody has words for "${signal}".`);
    return withReport(all, meaning, report);
  }, facts);
}

const [pair, ...others] = first().members;
const missing = (status: string) => first({ members: [...(pair ? [pair] : []), ...others.map((it) => ({ ...it, status }))] });
const building = first({ status: "PROVISIONING", tasks: [{ name: "CREATING_READ_REPLICA_OF_SOURCE", status: "IN_PROGRESS" }] });

describe("a look at the API shows", () => {
  it.each<[string, Deployment | undefined, string[]]>([
    ["that green is built", first(), ["tasks-completed"]],
    ["that it was switched over", second(), ["switchover-completed"]],
    ["that the switchover failed", first({ status: "SWITCHOVER_FAILED" }), ["switchover-failed"]],
    ["that the configuration is invalid", first({ status: "INVALID_CONFIGURATION" }), ["invalid-configuration"]],
    ["that green of a member is missing", missing("MISSING_TARGET"), ["member-missing"]],
    ["that blue of a member is missing", missing("MISSING_SOURCE"), ["member-missing"]],
    ["that it is gone", undefined, ["deployment-deleted"]],
    ["nothing to tell while green is being built", building, []],
    ["nothing to tell while it is being switched over", first({ status: "SWITCHOVER_IN_PROGRESS" }), []],
    ["nothing to tell while it is being deleted", first({ status: "DELETING" }), []],
    ["nothing to tell of a status that the guard does not know", first({ status: "SOMETHING_NEW" }), []],
  ])("%s", (_, deployment, expected) => {
    expect(signals(deployment)).toEqual(expected);
  });

  it("nothing a second time, whatever it was", () => {
    for (const deployment of [first(), second(), first({ status: "SWITCHOVER_FAILED" }), missing("MISSING_TARGET"), undefined]) {
      expect(signals(deployment, knownAfter(deployment))).toEqual([]);
    }
  });

  it("nothing that an event has told", () => {
    const facts = factsOf(
      [...told("tasks completed"), ...told("deployment deleted"), ...told("Switchover completed")].map((it) => reportOf(it)),
    );
    expect(signals(first(), facts)).toEqual([]);
    expect(signals(second(), facts)).toEqual([]);
  });

  it("not that the configuration is invalid where an event said that the creation failed", () => {
    const failed = { ...told("tasks completed")[0], message: "Creation of blue/green deployment failed because of a reason." };
    const facts = factsOf([reportOf({ ...failed } as Parameters<typeof reportOf>[0])]);
    expect(signals(first({ status: "INVALID_CONFIGURATION" }), facts)).toEqual([]);
  });

  it("RDS's details as the reason", () => {
    const [seen] = observe(
      "bgd",
      first({ status: "INVALID_CONFIGURATION", statusDetails: "Out of sync." }),
      { facts: [] },
      NOW,
      STUCK_AFTER,
    );
    expect(seen?.report.reading.reason).toBe("Out of sync.");
  });

  it("of a missing member which side of which pair it was", () => {
    const [target] = observe("bgd", missing("MISSING_TARGET"), { facts: [] }, NOW, STUCK_AFTER);
    const [source] = observe("bgd", missing("MISSING_SOURCE"), { facts: [] }, NOW, STUCK_AFTER);
    expect(target?.report.reading.reason).toBe("green of db-instance-writer");
    expect(source?.report.reading.reason).toBe("blue of db-instance-writer");
  });

  it("that another member is missing, after one was told", () => {
    const both = first({ members: first().members.map((it) => ({ ...it, status: "MISSING_TARGET" })) });
    expect(signals(both, knownAfter(missing("MISSING_TARGET")))).toEqual(["member-missing"]);
  });

  it("that the switchover failed again, after it was tried again", () => {
    const failed = first({ status: "SWITCHOVER_FAILED" });
    const once = knownAfter(failed, [], "2024-02-05T11:00:00.000Z");
    const [started] = told("Switchover started");
    if (!started) throw new Error("The recording has no start of a switchover.");
    const before = factsOf([reportOf({ ...started, date: "2024-02-05T10:58:00.000Z" })], once);
    expect(signals(failed, before)).toEqual([]);
    expect(signals(failed, factsOf([reportOf({ ...started, date: "2024-02-05T12:20:00.000Z" })], before))).toEqual(["switchover-failed"]);
  });
});

describe("a creation is stuck", () => {
  it.each([
    ["not before its hours are over", "2024-02-05T06:30:01.000Z", []],
    ["once its hours are over without progress", "2024-02-05T06:30:00.000Z", ["provisioning-stuck"]],
    ["not where nobody has looked before", undefined, []],
  ])("%s", (_, since, expected) => {
    expect(signals(building, [], since)).toEqual(expected);
  });

  it("not where it is not being built any more", () => {
    expect(signals(first(), knownAfter(first()), "2024-02-01T00:00:00.000Z")).toEqual([]);
  });

  it("with how far it came, at what, and since when", () => {
    const [seen] = observe("bgd", building, { facts: [], progressSince: "2024-02-05T06:24:10.000Z" }, NOW, STUCK_AFTER);
    expect(seen?.report.reading.reason).toBe("0 of 1 tasks done, at CREATING_READ_REPLICA_OF_SOURCE, unchanged since 2024-02-05 06:24 UTC");
  });
});

describe("progress", () => {
  it.each<[string, Partial<Deployment>]>([
    ["a task's status", { tasks: [{ name: "CREATING_READ_REPLICA_OF_SOURCE", status: "COMPLETED" }] }],
    ["green being there", { target: undefined }],
    ["a member's status", { members: first().members.map((it) => ({ ...it, status: "PROVISIONING" })) }],
  ])("is %s", (_, changes) => {
    expect(progressShown({ ...building, ...changes })).not.toBe(progressShown(building));
  });

  it("is neither a tag nor a detail", () => {
    expect(progressShown({ ...building, tags: { team: "orders" }, statusDetails: "Still at it." })).toBe(progressShown(building));
  });
});
