import { describe, expect, it } from "vitest";
import { rdsName } from "../../../src/deployments/arn.ts";
import type { Database, Deployment, DeploymentView } from "../../../src/deployments/deployment.ts";
import { type Fact, withReport } from "../../../src/facts/facts.ts";
import { rules } from "../../../src/rules/index.ts";
import { rememberLook } from "../../../src/standing/memory.ts";
import { type Looked, observe, progressShown } from "../../../src/standing/observations.ts";
import { OBSERVED } from "../../../src/standing/observed.ts";
import { type StandingInput, standingOf } from "../../../src/standing/standing.ts";
import { databasesOf, event, factsOf, first, reportOf, second, told } from "../../support/deployments/upgrade.ts";

const NOW = "2024-02-05T12:30:00.000Z";
const STUCK_AFTER = 6;
const GREEN = "db-instance-writer-green-8n9hio";
const SEEN = rememberLook({}, viewAt(first()), [], "2024-02-05T06:50:00.000Z");

function viewAt(deployment: Deployment, green: Partial<Database> = {}): DeploymentView {
  const databases = databasesOf(deployment).map((it) => (it.identifier === GREEN ? { ...it, ...green } : it));
  return { deployment, databases };
}

/** A look at the first deployment of the real upgrade; undefined if RDS does not know it any more. */
function look(
  view: DeploymentView | undefined,
  facts: readonly Fact[] = [],
  changes: Partial<Looked> & Pick<StandingInput, "memory"> = {},
): Looked {
  const { memory = SEEN, ...more } = changes;
  const standing = standingOf({
    view: view ?? viewAt(first()),
    exists: view !== undefined,
    facts,
    memory,
    now: Date.parse(more.now ?? NOW),
  });
  return { standing, deployment: view?.deployment, facts, now: NOW, stuckAfterHours: STUCK_AFTER, ...more };
}

/** The signals that a look shows beyond what is known. */
const signals = (...of: Parameters<typeof look>): string[] => observe(look(...of)).map(({ signal }) => signal);

/** What is known once such a look was written down. */
function knownAfter(...of: Parameters<typeof look>): readonly Fact[] {
  const looked = look(...of);
  return observe(looked).reduce((all, { signal, report }) => {
    const meaning = [...rules, ...OBSERVED].find(({ id }) => id === signal);
    if (!meaning) throw new Error(`Nobody has words for "${signal}".`);
    return withReport(all, meaning, report);
  }, looked.facts);
}

const at = (hour: number): string => `2024-02-05T${hour}:00:00.000Z`;
const BUSY = { status: "storage-optimization" };
const replication = (status: string, message?: string) => ({ readReplication: { status, message } });
const [pair, ...others] = first().members;
const missing = (status: string) => first({ members: [...(pair ? [pair] : []), ...others.map((it) => ({ ...it, status }))] });
const building = first({ status: "PROVISIONING", tasks: [{ name: "CREATING_READ_REPLICA_OF_SOURCE", status: "IN_PROGRESS" }] });

// As published: github.com/instantdb/instant, issue 738.
const FAILED_TASKS = [{ name: "CREATING_READ_REPLICA_OF_SOURCE", status: "FAILED" }];
const partly = () => second({ id: first().id, members: [...second().members.slice(0, 1), { ...others[0], status: "SWITCHOVER_FAILED" }] });

describe("a look at the API shows", () => {
  it.each<[string, Deployment | undefined, string[]]>([
    ["that green is built, and that it is ready", first(), ["tasks-completed", "ready"]],
    ["that it was switched over", second(), ["switchover-completed", "switched-over"]],
    ["that a part of it was switched over", partly(), ["switchover-completed", "partly-switched-over"]],
    ["that the switchover failed", first({ status: "SWITCHOVER_FAILED" }), ["switchover-failed"]],
    ["that the configuration is invalid", first({ status: "INVALID_CONFIGURATION" }), ["invalid-configuration"]],
    ["that green could not be created", first({ status: "INVALID_CONFIGURATION", tasks: FAILED_TASKS }), ["creation-failed"]],
    ["that green of a member is missing", missing("MISSING_TARGET"), ["member-missing"]],
    ["that blue of a member is missing", missing("MISSING_SOURCE"), ["member-missing"]],
    ["that it is gone", undefined, ["deployment-deleted"]],
    ["nothing to tell while green is being built", building, []],
    ["nothing to tell while it is being switched over", first({ status: "SWITCHOVER_IN_PROGRESS" }), []],
    ["nothing to tell while it is being deleted", first({ status: "DELETING" }), []],
    ["nothing to tell of a status that the guard does not know", first({ status: "SOMETHING_NEW" }), []],
  ])("%s", (_, deployment, expected) => {
    expect(signals(deployment && viewAt(deployment))).toEqual(expected);
  });

  it("nothing a second time, whatever it was", () => {
    const all = [first(), second(), partly(), first({ status: "SWITCHOVER_FAILED" }), missing("MISSING_TARGET"), undefined];
    for (const deployment of all) {
      const view = deployment && viewAt(deployment);
      expect(signals(view, knownAfter(view))).toEqual([]);
    }
  });

  it("nothing that an event has told, but for the state that it led to", () => {
    const facts = factsOf([...told("tasks completed"), ...told("Switchover completed")].map((it) => reportOf(it)));
    expect(signals(viewAt(first()), facts)).toEqual(["ready"]);
    expect(signals(viewAt(second()), facts)).toEqual(["switched-over"]);
    const deleted = event({ sourceType: "blue-green-deployment", sourceIdentifier: first().id, message: "Blue/green deployment deleted." });
    expect(signals(undefined, factsOf([reportOf(deleted)]))).toEqual([]);
  });

  it("that it was switched over, also where it is deleted by the time of the look", () => {
    const gone = { ...look(undefined), standing: standingOf({ view: viewAt(second()), exists: false, facts: [] }) };
    expect(observe(gone).map(({ signal }) => signal)).toEqual(["deployment-deleted", "switched-over"]);
  });

  describe("of an invalid configuration", () => {
    const unbuilt = first({ status: "INVALID_CONFIGURATION", tasks: [{ name: "CREATING_READ_REPLICA_OF_SOURCE", status: "FAILED" }] });
    const failed = { ...told("tasks completed")[0], message: "Creation of blue/green deployment failed because of a reason." };
    const byEvent = reportOf({ ...failed } as Parameters<typeof reportOf>[0]);

    it("that the creation failed where green was never built, whether its event comes before or after", () => {
      expect(signals(viewAt(unbuilt))).toEqual(["creation-failed"]);
      expect(signals(viewAt(unbuilt), factsOf([byEvent]))).toEqual([]);
      const known = knownAfter(viewAt(unbuilt));
      const [meaning] = rules.filter(({ id }) => id === "creation-failed");
      const facts = meaning ? withReport(known, meaning, byEvent) : known;
      expect(facts.map(({ signal, reports }) => [signal, reports.length])).toEqual([["creation-failed", 2]]);
    });

    it("nothing else where an event said that the creation failed", () => {
      expect(signals(viewAt(first({ status: "INVALID_CONFIGURATION" })), factsOf([byEvent]))).toEqual([]);
    });

    it("that it is ready where RDS goes on after all, unless an event said that the creation failed", () => {
      expect(signals(viewAt(first()), knownAfter(viewAt(unbuilt)))).toEqual(["tasks-completed", "ready"]);
      expect(signals(viewAt(first()), factsOf([byEvent]))).not.toContain("ready");
    });
  });

  it("RDS's details as the reason", () => {
    const [seen] = observe(look(viewAt(first({ status: "INVALID_CONFIGURATION", statusDetails: "Out of sync." }))));
    expect(seen?.report.reading.reason).toBe("Out of sync.");
  });

  it("of a missing member which side of which pair it was", () => {
    const [target] = observe(look(viewAt(missing("MISSING_TARGET"))));
    const [source] = observe(look(viewAt(missing("MISSING_SOURCE"))));
    expect(target?.report.reading.missing).toEqual([{ name: "db-instance-writer", side: "green" }]);
    expect(source?.report.reading.missing).toEqual([{ name: "db-instance-writer", side: "blue" }]);
  });

  it("that another member is missing, after one was told", () => {
    const both = first({ members: first().members.map((it) => ({ ...it, status: "MISSING_TARGET" })) });
    expect(signals(viewAt(both), knownAfter(viewAt(missing("MISSING_TARGET"))))).toEqual(["member-missing"]);
  });

  // Old blue is deleted before the deployment: hashicorp/terraform-provider-aws, issues 42354 and 33702.
  it.each(["SWITCHOVER_COMPLETED", "INVALID_CONFIGURATION", "SWITCHOVER_FAILED"])(
    "nothing of old blue that is gone after the switchover, though RDS says %s",
    (status) => {
      const cleaned = second({ status, members: second().members.map((it) => ({ ...it, status: "MISSING_SOURCE" })) });
      expect(signals(viewAt(cleaned), knownAfter(viewAt(second())))).toEqual([]);
    },
  );

  it("that the switchover failed again, after it was tried again", () => {
    const failed = viewAt(first({ status: "SWITCHOVER_FAILED" }));
    const once = knownAfter(failed, [], { now: "2024-02-05T11:00:00.000Z" });
    const [started] = told("Switchover started");
    if (!started) throw new Error("The recording has no start of a switchover.");
    const before = factsOf([reportOf({ ...started, date: "2024-02-05T10:58:00.000Z" })], once);
    expect(signals(failed, before)).toEqual([]);
    expect(signals(failed, factsOf([reportOf({ ...started, date: "2024-02-05T12:20:00.000Z" })], before))).toEqual(["switchover-failed"]);
  });
});

describe("being ready", () => {
  const ready = viewAt(first());
  const busy = viewAt(first(), BUSY);

  it("is told once green's databases are available, not when its tasks are done", () => {
    expect(signals(busy)).toEqual(["tasks-completed"]);
    expect(signals(ready, knownAfter(busy))).toEqual(["ready"]);
  });

  it("is told as lost once it is, and again once it is back", () => {
    const once = knownAfter(ready, [], { now: at(10) });
    expect(signals(busy, once, { now: at(11) })).toEqual(["ready-lost"]);
    const lost = knownAfter(busy, once, { now: at(11) });
    expect(signals(busy, lost, { now: at(12) })).toEqual([]);
    expect(signals(ready, lost, { now: at(12) })).toEqual(["ready"]);
  });

  it("is not told as lost where something graver is told", () => {
    const once = knownAfter(ready, [], { now: at(10) });
    const degraded = factsOf(
      told("REPLICATION_DEGRADED").map((it) => reportOf({ ...it, date: at(11) }, first())),
      once,
    );
    expect(signals(ready, degraded)).toEqual([]);
    expect(signals(viewAt(first({ status: "SWITCHOVER_IN_PROGRESS" })), once)).toEqual([]);
    expect(signals(undefined, once)).toEqual(["deployment-deleted"]);
  });

  it("is not told while the guard is at work on it", () => {
    const operation = { name: "switchover", doing: "Switching over", text: "", since: at(12) };
    const standing = standingOf({ view: ready, facts: [], memory: SEEN, underWay: { operation } });
    expect(observe({ ...look(ready), standing }).map(({ signal }) => signal)).toEqual(["tasks-completed"]);
    // Neither of the deployment that it deletes nor of the one that it waits for.
    for (const recreating of ["under way", undefined] as const) {
      const underWay = { operation: { ...operation, name: "recreate", doing: "Recreating" }, recreating };
      const standing = standingOf({ view: ready, facts: [], memory: SEEN, underWay });
      expect(observe({ ...look(ready), standing })).toEqual([]);
    }
  });
});

// Source of the statuses: RDS User Guide, "Monitoring read replication".
describe("what the API says of replication and no event has said", () => {
  const known = knownAfter(viewAt(first()), [], { now: at(10) });

  it.each([
    ["replication degraded", ["shown-degraded"]],
    ["terminated", ["shown-terminated"]],
    ["error", ["ready-lost", "shown-error"]],
    ["stopped", ["ready-lost", "replication-stopped"]],
    ["replicating", []],
    ["something new", []],
  ])("%j is told once", (status, expected) => {
    const view = viewAt(first(), replication(status, "Why."));
    expect(signals(view, known)).toEqual(expected);
    expect(signals(view, knownAfter(view, known))).toEqual([]);
    const seen = observe(look(view, known)).find(({ signal }) => /^shown-|^replication-/.test(signal));
    expect(seen?.report.reading.reason).toBe(expected.length > 0 ? "Why." : undefined);
  });

  it("is told again when it changes, also when it runs again", () => {
    const stopped = knownAfter(viewAt(first(), replication("stopped")), known, { now: at(11) });
    expect(signals(viewAt(first(), replication("error")), stopped)).toEqual(["shown-error"]);
    expect(signals(viewAt(first(), replication("replicating")), stopped)).toEqual(["ready", "replication-resumed"]);
  });

  describe("and that an event says too", () => {
    const green = (message: string, date: string) =>
      reportOf(event({ sourceType: "db-instance", sourceIdentifier: GREEN, message, date }), first());
    const shown = (facts: readonly Fact[]) =>
      facts.filter(({ signal }) => signal.startsWith("replication-")).map(({ signal, reports }) => [signal, reports.length]);
    const atRest = viewAt(first(), replication("stopped"));
    const running = viewAt(first(), replication("replicating"));

    it("is one thing to tell, whether the look comes before the event or after", () => {
      const stopped = green("Replication has stopped.", "2024-02-05T11:00:20.000Z");
      const after = knownAfter(atRest, factsOf([stopped], known), { now: "2024-02-05T11:02:00.000Z" });
      expect(shown(after)).toEqual([["replication-stopped", 1]]);
      const before = knownAfter(atRest, known, { now: "2024-02-05T11:00:30.000Z" });
      expect(shown(factsOf([stopped], before))).toEqual([["replication-stopped", 2]]);
    });

    it("is not told again when it runs, if an event has told that", () => {
      const before = knownAfter(atRest, known, { now: at(11) });
      const resumed = green("Replication for the Read Replica resumed", "2024-02-05T12:00:00.000Z");
      expect(signals(running, factsOf([resumed], before))).toEqual(["ready"]);
    });
  });

  it("is not told while green is being built, when interruptions are normal, but for what cannot be mended", () => {
    expect(signals(viewAt(building, replication("stopped")))).toEqual([]);
    expect(signals(viewAt(building, replication("replication degraded")))).toEqual(["shown-degraded"]);
  });

  it("is not told once an event has said as much", () => {
    const degraded = factsOf(
      told("REPLICATION_DEGRADED").map((it) => reportOf(it, first())),
      known,
    );
    expect(signals(viewAt(first(), replication("replication degraded")), degraded)).toEqual([]);
  });
});

describe("a creation is stuck", () => {
  it.each([
    ["not before its hours are over", "2024-02-05T06:30:01.000Z", []],
    ["once its hours are over without progress", "2024-02-05T06:30:00.000Z", ["provisioning-stuck"]],
    ["not where nobody has looked before", undefined, []],
  ])("%s", (_, progressSince, expected) => {
    expect(signals(viewAt(building), [], { progressSince })).toEqual(expected);
  });

  it("not where it is not being built any more", () => {
    expect(signals(viewAt(first()), knownAfter(viewAt(first())), { progressSince: "2024-02-01T00:00:00.000Z" })).toEqual([]);
  });

  it("with how far it came, at what, and since when", () => {
    const [seen] = observe(look(viewAt(building), [], { progressSince: "2024-02-05T06:24:10.000Z" }));
    expect(seen?.report.reading.stuck).toEqual({
      done: 0,
      of: 1,
      task: "CREATING_READ_REPLICA_OF_SOURCE",
      since: "2024-02-05T06:24:10.000Z",
    });
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

describe("readiness that is lost again", () => {
  const [primary, ...rest] = first().members;
  const failed = viewAt(first({ members: [...(primary ? [primary] : []), ...rest.map((it) => ({ ...it, status: "SWITCHOVER_FAILED" }))] }));

  it.each<[string, DeploymentView, string]>([
    ["because the configuration is invalid", viewAt(first({ status: "INVALID_CONFIGURATION" })), "invalid-configuration"],
    ["because the API says that replication is degraded", viewAt(first(), replication("replication degraded")), "shown-degraded"],
    ["because a member is missing", viewAt(missing("MISSING_TARGET")), "member-missing"],
    ["because a member's switchover failed, though the deployment is AVAILABLE", failed, "switchover-failed"],
  ])("is told each time, and so is its return: %s", (_, lost, signal) => {
    let facts: readonly Fact[] = [];
    const told = [viewAt(first()), lost, lost, viewAt(first()), lost, lost].map((view, index) => {
      const now = at(12 + index);
      const news = signals(view, facts, { now });
      facts = knownAfter(view, facts, { now });
      return news;
    });
    expect(told).toEqual([["tasks-completed", "ready"], [signal], [], ["ready"], ["ready-lost"], []]);
  });
});

describe("what an event has said of replication", () => {
  const said = (message: string, hour: number) =>
    reportOf({ ...event({ sourceType: "db-instance", sourceIdentifier: GREEN, message }), date: at(hour) });
  const stopped = viewAt(first(), replication("stopped"));

  it("is not told once more because the API shows it, too", () => {
    const known = knownAfter(viewAt(first()), [], { now: at(11) });
    const facts = factsOf([said("Replication has stopped.", 12)], known);
    expect(signals(stopped, facts, { now: at(13) })).toEqual(["ready-lost"]);
    const lost = knownAfter(stopped, facts, { now: at(13) });
    const resumed = factsOf([said("Replication for the Read Replica resumed", 14)], lost);
    expect(signals(viewAt(first(), replication("replicating")), resumed, { now: at(15) })).toEqual(["ready"]);
  });
});

describe("a deployment that is gone", () => {
  it("was switched over in part where one name leads to green and another to blue", () => {
    const memory = { ...SEEN, switched: [`db:${rdsName(pair?.source ?? "").name}`, `cluster:${rdsName(pair?.source ?? "").name}`] };
    const gone = { ...look(undefined, [], { memory }) };
    expect(gone.standing).toMatchObject({ phase: "deleted", production: "mixed", severity: "critical" });
    expect(observe(gone).map(({ signal }) => signal)).toEqual(["deployment-deleted", "partly-switched-over"]);
  });
});
