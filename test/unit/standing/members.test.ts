import { describe, expect, it } from "vitest";
import type { Database, Deployment, DeploymentView, Member } from "../../../src/deployments/deployment.ts";
import type { Memory } from "../../../src/facts/memory.ts";
import { remaining, wayBack } from "../../../src/messages/en/advice/after-switchover.ts";
import { switchoverReport } from "../../../src/messages/en/advice/report.ts";
import { slackForm } from "../../../src/messages/slack/form.ts";
import { rememberLook } from "../../../src/standing/memory.ts";
import { type Standing, standingOf } from "../../../src/standing/standing.ts";
import { answered, db, describedView, IDS_AFTER, IDS_BEFORE, pair, rehearsed } from "../../support/deployments/described.ts";

const AS = slackForm(false);

const NOW = "2026-08-15T11:00:41.000Z";
const look = (view: DeploymentView, before: Memory = {}): Memory => rememberLook(before, view, [], NOW);
const stand = (view: DeploymentView, memory: Memory = {}): Standing => standingOf({ view, facts: [], memory, now: Date.parse(NOW) });

/** The name, outcome and bearer of each member. */
const outcomes = ({ members }: Standing) => members.map(({ name, outcome, bearer }) => `${name}: ${outcome}, ${bearer}`);

/** A deployment of one instance, before and after names have changed. */
const one = (member: Member, status = "AVAILABLE"): Deployment =>
  rehearsed({ status, source: member.source ?? db("gone"), target: member.target, members: [member] });
const before = describedView(rehearsed(), IDS_BEFORE);
const KNOWN = look(before);
const partly = answered("partly-switched-over");

describe("before a switchover", () => {
  it("every name leads to blue", () => {
    expect(outcomes(stand(before, KNOWN))).toEqual(["canal-primary: pending, blue", "canal-reader: pending, blue"]);
    expect(stand(before, KNOWN)).toMatchObject({ phase: "ready", production: "blue", mayDeleteGreen: true, offers: ["switchover"] });
  });

  it("the very first look says so, too", () => {
    expect(stand(before)).toMatchObject({ production: "blue", mayDeleteGreen: true });
  });

  it("a target that is the source itself has taken no name", () => {
    expect(stand(describedView(one(pair("shop", "shop"))))).toMatchObject({ members: [{ outcome: "pending" }], production: "unknown" });
  });

  it("a deployment whose members RDS does not list yet is its own pair", () => {
    const young = one(pair("shop", undefined, "PROVISIONING"), "PROVISIONING");
    const view = { ...describedView(young), deployment: { ...young, members: [], target: undefined } };
    expect(stand(view)).toMatchObject({
      members: [{ kind: "instance", name: "shop", outcome: "pending", bearer: "blue" }],
      production: "blue",
    });
    // A name of which RDS describes no database leads nowhere, as far as is known.
    expect(stand({ ...view, databases: [] })).toMatchObject({ production: "unknown", mayDeleteGreen: false });
  });
});

// Names are free: a green that was kept serves as blue under its green name, and old blue goes on as -old1 (RDS User Guide, "Deleting").
describe("blue may be called", () => {
  it.each([
    ["as RDS calls green, where a green was kept and serves as blue", "shop-green-abc123"],
    ["as RDS calls old blue", "shop-old1"],
    ["as both", "shop-green-abc123-old2"],
  ])("%s: it is blue until it is switched over, and old blue afterwards", (_, name) => {
    const green = `${name}-green-def456`;
    const view = describedView(one(pair(name, green)), { [name]: "db-BLUE", [green]: "db-GREEN" });
    expect(stand(view, look(view))).toMatchObject({ production: "blue", mayDeleteGreen: true });
    expect(outcomes(stand(view, look(view)))).toEqual([`${name}: pending, blue`]);
    const after = one(pair(`${name}-old1`, name, "SWITCHOVER_COMPLETED"), "SWITCHOVER_COMPLETED");
    const switched = describedView(after, { [`${name}-old1`]: "db-BLUE", [name]: "db-GREEN" });
    expect(outcomes(stand(switched, look(switched, look(view))))).toEqual([`${name}: switched, green`]);
    expect(stand(switched, look(switched, look(view)))).toMatchObject({
      phase: "switched-over",
      production: "green",
      mayDeleteGreen: false,
    });
  });
});

describe("where RDS still lists the names from before a switchover that was seen", () => {
  // RDS API: answers may be up to a minute old. A database keeps its resource id under every name.
  const gone = [...describedView(rehearsed(), { "canal-primary": "db-GREEN1", "canal-reader": "db-GREEN2" }).databases].filter(
    ({ identifier }) => !identifier.includes("-green-"),
  );
  const standing = standingOf({ view: before, exists: false, facts: [], memory: KNOWN, left: gone, now: Date.parse(NOW) });

  it("what bears blue's name is new blue, and no old blue that may be deleted", () => {
    expect(outcomes(standing)).toEqual(["canal-primary: switched, green", "canal-reader: switched, green"]);
    expect(standing).toMatchObject({ phase: "deleted", production: "green", switched: true, renamed: false, left: [] });
    expect(standing.members).toMatchObject([
      { source: undefined, target: { name: "canal-primary", database: { resourceId: "db-GREEN1" } } },
      { source: undefined, target: { name: "canal-reader", database: { resourceId: "db-GREEN2" } } },
    ]);
  });

  it("the report names no old blue, and no way back", () => {
    const reading = { blue: "canal-primary", green: "canal-primary-green-zyxwvu" };
    expect(wayBack({ reading, deployment: standing }, AS)).toEqual([]);
    expect(remaining({ reading, deployment: standing }, AS).join("\n")).toContain("• Delete old blue when it is no longer needed");
    expect(switchoverReport({ reading, deployment: standing }, AS).join("\n")).not.toMatch(/now called `canal-primary`, to|as before/);
  });
});

describe("where a part was switched over", () => {
  const after = describedView(partly, IDS_AFTER);

  it("each member says for itself how it ended, and where its name leads", () => {
    expect(outcomes(stand(after, KNOWN))).toEqual(["canal-primary: switched, green", "canal-reader: failed, blue"]);
    expect(stand(after, KNOWN)).toMatchObject({
      phase: "partly-switched-over",
      severity: "critical",
      urgency: "production",
      production: "mixed",
      switched: false,
      mayDeleteGreen: false,
      offers: [],
      members: [{ target: { name: "canal-primary" } }, { source: { name: "canal-reader" }, target: { name: "canal-reader-green-abcdef" } }],
    });
  });

  it.each(["SWITCHOVER_FAILED", "AVAILABLE", "INVALID_CONFIGURATION", "DELETING", "SOMETHING_NEW"])(
    "nothing is offered, though RDS says %s",
    (status) => {
      const view = { ...after, deployment: { ...partly, status } };
      expect(stand(view, look(view, KNOWN))).toMatchObject({ production: "mixed", mayDeleteGreen: false, offers: [] });
    },
  );

  it("while RDS goes on, it is being switched over: one of three", () => {
    const [first, second] = partly.members;
    const members = [...(first ? [first] : []), { ...second, status: "AVAILABLE" }, pair("canal-r2", "canal-r2-green-bcdefg")];
    const view = describedView({ ...partly, status: "SWITCHOVER_IN_PROGRESS", members }, IDS_AFTER);
    expect(outcomes(stand(view, KNOWN)).map((it) => it.split(": ")[1]?.split(",")[0])).toEqual(["switched", "pending", "pending"]);
    expect(stand(view, KNOWN)).toMatchObject({ phase: "switching-over", production: "mixed", offers: [] });
  });
});

// Source: RDS API, SwitchoverDetail.Status.
describe("a member without green", () => {
  const members = (status: string): Member[] => [
    pair("canal-primary-old1", "canal-primary", "SWITCHOVER_COMPLETED"),
    { source: db("canal-reader"), status },
  ];

  it("is not switched over with the others: once RDS has completed those, at once", () => {
    const view = describedView({ ...partly, members: members("MISSING_TARGET") }, IDS_AFTER);
    expect(outcomes(stand(view, look(view, KNOWN)))).toEqual(["canal-primary: switched, green", "canal-reader: missing, blue"]);
    expect(stand(view, look(view, KNOWN)).phase).toBe("partly-switched-over");
  });

  it("does not end the switchover while RDS still works", () => {
    const view = describedView({ ...partly, status: "SWITCHOVER_IN_PROGRESS", members: members("MISSING_TARGET") }, IDS_AFTER);
    expect(stand(view, look(view, KNOWN)).phase).toBe("switching-over");
  });

  it("makes the deployment fail before a switchover, and green may still be deleted", () => {
    const view = describedView(
      rehearsed({ members: [...rehearsed().members.slice(0, 1), { source: db("canal-reader"), status: "MISSING_TARGET" }] }),
      IDS_BEFORE,
    );
    expect(stand(view, look(view, KNOWN))).toMatchObject({ phase: "failed", production: "blue", mayDeleteGreen: true });
  });
});

// Old blue is deleted before the deployment: hashicorp/terraform-provider-aws, issues 42354 and 33702.
describe("old blue that is gone after the switchover is cleaning up", () => {
  it.each([
    ["and RDS names what it was", pair("canal-primary-old1", "canal-primary", "MISSING_SOURCE")],
    ["and RDS names green alone", pair(undefined, "canal-primary", "MISSING_SOURCE")],
  ])("%s", (_, member) => {
    const deployment = { ...partly, members: [member] };
    const view = { deployment, databases: describedView(deployment, IDS_AFTER).databases.filter(({ arn }) => !arn.endsWith("-old1")) };
    for (const memory of [KNOWN, look(view, KNOWN), {}]) {
      expect(outcomes(stand(view, memory)).map((it) => it.split(",")[0])).toEqual(["canal-primary: switched"]);
      expect(stand(view, memory)).toMatchObject({ phase: "switched-over", mayDeleteGreen: false });
    }
  });
});

describe("what was switched over stays so", () => {
  const done = look(describedView(partly, IDS_AFTER), KNOWN);

  it("though a later answer is an old one", () => {
    expect(outcomes(stand(before, done))).toEqual(["canal-primary: switched, green", "canal-reader: pending, blue"]);
    expect(stand(before, done)).toMatchObject({ production: "mixed", mayDeleteGreen: false, offers: [] });
  });

  it("though the answer that lists the pairs is old: the resource id that bears the name decides", () => {
    const view = { deployment: rehearsed(), databases: describedView(partly, IDS_AFTER).databases };
    expect(outcomes(stand(view, KNOWN))).toEqual(["canal-primary: switched, green", "canal-reader: pending, blue"]);
  });
});

describe("names that somebody changed by hand are not taken for a switchover, nor for none:", () => {
  it("blue renamed", () => {
    const members = [pair("canal-primary-away", "canal-primary-green-zyxwvu"), ...rehearsed().members.slice(1)];
    const view = describedView(rehearsed({ members }), { ...IDS_BEFORE, "canal-primary-away": "db-BLUE1" });
    expect(outcomes(stand(view, KNOWN))[0]).toBe("canal-primary: pending, unknown");
    expect(stand(view, KNOWN)).toMatchObject({ production: "unknown", mayDeleteGreen: false, offers: [] });
  });

  it("blue and green exchanged", () => {
    const members = [pair("canal-primary-away", "canal-primary"), ...rehearsed().members.slice(1)];
    const view = describedView(rehearsed({ members }), { ...IDS_BEFORE, "canal-primary-away": "db-BLUE1", "canal-primary": "db-GREEN1" });
    expect(outcomes(stand(view, KNOWN))[0]).toBe("canal-primary: switched, green");
    expect(stand(view, KNOWN)).toMatchObject({ production: "mixed", mayDeleteGreen: false });
  });

  it("green renamed before the guard saw the deployment", () => {
    const view = describedView(one(pair("shop", "shop-next")), { shop: "db-BLUE", "shop-next": "db-GREEN" });
    expect(stand(view, look(view))).toMatchObject({ production: "unknown", mayDeleteGreen: false, offers: [] });
  });

  it("blue replaced by a database restored under its name", () => {
    const view = describedView(rehearsed(), { ...IDS_BEFORE, "canal-primary": "db-RESTORED" });
    expect(outcomes(stand(view, KNOWN))[0]).toBe("canal-primary: pending, unknown");
    expect(stand(view, KNOWN)).toMatchObject({ production: "unknown", mayDeleteGreen: false });
  });

  it("new blue renamed after the switchover", () => {
    const members = [pair("canal-primary-old1", "canal-primary-next", "SWITCHOVER_COMPLETED")];
    const view = describedView({ ...partly, members }, { "canal-primary-old1": "db-BLUE1", "canal-primary-next": "db-GREEN1" });
    expect(outcomes(stand(view, KNOWN))).toEqual(["canal-primary: switched, unknown"]);
    expect(stand(view, KNOWN)).toMatchObject({ phase: "switched-over", production: "unknown", mayDeleteGreen: false });
  });
});

describe("a deployment that the guard first sees", () => {
  it("after its switchover is not known to be production: only a record of what blue was called could say so", () => {
    const members = [pair("shop-old1", "shop", "SWITCHOVER_COMPLETED")];
    const view = describedView({ ...partly, members });
    expect(outcomes(stand(view, look(view)))).toEqual(["shop: switched, unknown"]);
    const renamed = describedView({ ...partly, members: [pair("shop-x", "shop-y", "SWITCHOVER_COMPLETED")] });
    expect(stand(renamed, look(renamed))).toMatchObject({ phase: "switched-over", production: "unknown" });
  });

  it("during its switchover has nobody known as production, though no name has changed hands yet", () => {
    const view = describedView(rehearsed({ status: "SWITCHOVER_IN_PROGRESS" }), IDS_BEFORE);
    expect(stand(view, look(view))).toMatchObject({ phase: "switching-over", production: "unknown", mayDeleteGreen: false });
    const back = look(before, look(view));
    expect(stand(before, back)).toMatchObject({ production: "blue" });
  });
});

// Published answers of an Aurora MySQL cluster: aws/aws-cli, awscli/examples/rds/describe-blue-green-deployments.rst, examples 2 and 3.
describe("members that are not databases", () => {
  const available = describedView(answered("aurora-mysql-available"));

  it("are custom endpoints, which take part as the cluster does", () => {
    expect(stand(available, look(available)).members.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "cluster my-aurora-mysql-cluster",
      "instance my-aurora-mysql-cluster-1",
      "instance my-aurora-mysql-cluster-2",
      "instance my-aurora-mysql-cluster-3",
      "cluster-endpoint my-excluded-member-endpoint",
      "cluster-endpoint my-reader-endpoint",
    ]);
    expect(stand(available, look(available))).toMatchObject({ phase: "ready", production: "blue", offers: ["switchover"] });
    const switched = describedView(answered("aurora-mysql-switched-over"));
    expect(stand(switched, look(switched, look(available)))).toMatchObject({ phase: "switched-over", production: "green" });
  });

  it("keep a switchover from being whole, as any other that was not switched over", () => {
    const switched = answered("aurora-mysql-switched-over");
    const members = [...switched.members.slice(0, 5), ...available.deployment.members.slice(5)].map((it, index) => ({
      ...it,
      status: index === 5 ? "SWITCHOVER_FAILED" : it.status,
    }));
    const view = describedView({ ...switched, members });
    expect(stand(view, look(view, look(available)))).toMatchObject({ phase: "partly-switched-over", production: "mixed" });
  });

  it.each([
    ["global-cluster", "global-cluster"],
    ["something-new", "unknown"],
  ])("are of the kind %s: they are not looked up, and in nobody's way while they are AVAILABLE", (word, kind) => {
    const arn = (name: string) => `arn:aws:rds::123456789012:${word}:${name}`;
    const other = { source: arn("shop-all"), target: arn("shop-all-green-a1b2c3"), status: "AVAILABLE" };
    const view = describedView(rehearsed({ members: [...rehearsed().members, other] }), IDS_BEFORE);
    expect(stand(view, look(view))).toMatchObject({ phase: "ready", production: "blue", obstacles: [] });
    expect(stand(view, look(view)).members.at(-1)).toMatchObject({ kind, word, name: "shop-all", outcome: "pending", bearer: "blue" });
  });
});

describe("instances of a cluster that RDS does not list as members", () => {
  const cluster = answered("aurora-mysql-available", { members: answered("aurora-mysql-available").members.slice(0, 1) });
  const unlisted = (blue: string, green: string, old: string, now: string): Record<string, Partial<Database>> => ({
    [old]: { cluster: blue },
    [now]: { cluster: green },
  });
  const GREEN = "my-aurora-mysql-cluster-green-3rnukl";
  const view = describedView(cluster, {}, unlisted("my-aurora-mysql-cluster", GREEN, "writer", "writer-green-gpmaxf"));

  it("are members, with the cluster's outcome", () => {
    expect(stand(view, look(view)).members).toMatchObject([
      { kind: "cluster", outcome: "pending" },
      {
        kind: "instance",
        name: "writer",
        source: { name: "writer" },
        target: { name: "writer-green-gpmaxf" },
        outcome: "pending",
        bearer: "blue",
      },
    ]);
    const switched = answered("aurora-mysql-switched-over", { members: answered("aurora-mysql-switched-over").members.slice(0, 1) });
    const after = describedView(switched, {}, unlisted("my-aurora-mysql-cluster-old1", "my-aurora-mysql-cluster", "writer-old1", "writer"));
    expect(stand(after, look(after, look(view))).members).toMatchObject([
      { kind: "cluster", outcome: "switched" },
      { kind: "instance", name: "writer", target: { name: "writer" }, outcome: "switched", bearer: "green" },
    ]);
    expect(stand(after, look(after, look(view)))).toMatchObject({ phase: "switched-over", production: "green" });
  });

  it("are switched over once they bear the new names, and not with their cluster's word alone", () => {
    const switched = answered("aurora-mysql-switched-over", { members: answered("aurora-mysql-switched-over").members.slice(0, 1) });
    const [old, now] = ["my-aurora-mysql-cluster-old1", "my-aurora-mysql-cluster"];
    const half = describedView(switched, {}, unlisted(old, now, "writer", "writer-green-gpmaxf"));
    expect(stand(half, look(half, look(view))).members).toMatchObject([
      { kind: "cluster", outcome: "switched" },
      { name: "writer", outcome: "pending", bearer: "blue" },
    ]);
    expect(stand(half, look(half, look(view)))).toMatchObject({ phase: "switching-over", switched: false });
    const done = describedView(switched, {}, { ...unlisted(old, now, "writer-old1", "writer"), added: { cluster: old } });
    const after = stand(done, look(done, look(half, look(view))));
    // What never had a green is no member of the deployment.
    expect(after.members.map(({ name }) => name)).toEqual(["my-aurora-mysql-cluster", "writer"]);
    expect(after).toMatchObject({ phase: "switched-over" });
  });

  it("are in the way of a switchover while they are not available", () => {
    const changes = unlisted("my-aurora-mysql-cluster", GREEN, "writer", "writer-green-gpmaxf");
    const busy = { ...changes, "writer-green-gpmaxf": { cluster: GREEN, status: "storage-optimization" } };
    expect(stand(describedView(cluster, {}, busy))).toMatchObject({
      phase: "waiting",
      obstacles: [{ code: "database", name: "writer-green-gpmaxf", heals: true }],
    });
  });
});
