import { describe, expect, it } from "vitest";
import { sideOf } from "../../../src/deployments/membership.ts";
import { cluster, event, first, instance, joined, second, told } from "../../support/deployments/upgrade.ts";

const writer = (changes = {}) => event({ sourceType: "db-instance", sourceIdentifier: "db-instance-writer", ...changes });
const FIRST = first().id;
const SECOND = second().id;

describe("an event joins the deployment", () => {
  it("that lists its cluster or its instance, on either side", () => {
    for (const sourceIdentifier of ["db-cluster", "db-cluster-green-ak5mgh"])
      expect(joined(event({ sourceIdentifier }), first())).toBe(FIRST);
    for (const sourceIdentifier of ["db-instance-writer", "db-instance-writer-green-8n9hio"])
      expect(joined(writer({ sourceIdentifier }), first())).toBe(FIRST);
  });

  it("that it names by id, where it is the deployment's own", () => {
    const own = event({ sourceType: "blue-green-deployment", sourceIdentifier: SECOND });
    expect(joined(own, first(), second())).toBe(SECOND);
    expect(joined(own, first())).toBeUndefined();
  });

  it("whose blue is called -old1 now, before the API shows the new names and after", () => {
    const old = event({ sourceIdentifier: "db-cluster-old1" });
    expect(joined(old, first({ status: "SWITCHOVER_IN_PROGRESS" }))).toBe(FIRST);
    expect(joined(old, second())).toBe(SECOND);
    expect(joined(writer({ sourceIdentifier: "db-instance-writer-old1" }), second())).toBe(SECOND);
  });

  it("whose green the API does not list yet, by the name that RDS gives a green", () => {
    const source = cluster("db-cluster");
    const young = first({ status: "PROVISIONING", target: undefined, members: [{ source }, { source: instance("db-instance-writer") }] });
    expect(joined(event({ sourceIdentifier: "db-cluster-green-ak5mgh" }), young)).toBe(FIRST);
    expect(joined(writer({ sourceIdentifier: "db-instance-writer-green-8n9hio" }), young)).toBe(FIRST);
    expect(joined(event({ sourceIdentifier: "db-cluster-green-other7" }), first())).toBeUndefined();
  });

  it("whose green is called as blue was, under the name it had before", () => {
    const coordinates = { message: "Binary log coordinates in green environment after switchover: file a.000003 and position 401" };
    expect(joined(event({ ...coordinates, sourceIdentifier: "db-cluster-green-cvrzdo" }), second())).toBe(SECOND);
  });

  it("of a cluster with three instances, whichever of them reports", () => {
    const names = ["writer", "reader-1", "reader-2"];
    const members = names.map((name) => ({ source: instance(name), target: instance(`${name}-green-a1b2c3`) }));
    const wide = first({ members: [...first().members, ...members] });
    for (const sourceIdentifier of [...names, ...names.map((name) => `${name}-green-a1b2c3`), ...names.map((name) => `${name}-old1`)])
      expect(joined(writer({ sourceIdentifier }), wide)).toBe(FIRST);
  });

  it("that replaces an old blue, whose name ends in -old1 from the beginning", () => {
    const again = first({ source: cluster("db-cluster-old1"), target: undefined, members: [] });
    const green = event({ sourceIdentifier: "db-cluster-old1-green-a1b2c3" });
    expect(joined(green, again, second({ createTime: "2024-02-04T00:00:00.000Z" }))).toBe(FIRST);
    expect(sideOf(event({ sourceIdentifier: "db-cluster-old1" }), again)).toBe("blue");
    expect(sideOf(green, again)).toBe("green");
  });
});

describe("an event joins no deployment", () => {
  it("where its database is in none", () => {
    for (const sourceIdentifier of ["orders", "db-cluster-2", "db-cluster-green", "db-cluster-old"])
      expect(joined(event({ sourceIdentifier }), first(), second())).toBeUndefined();
  });

  it("where it happened before the deployment was created, give or take a minute of RDS's clocks", () => {
    expect(joined(event({ date: "2024-02-05T06:07:30.000Z" }), first())).toBe(FIRST);
    expect(joined(event({ date: "2024-02-05T06:06:59.999Z" }), first())).toBeUndefined();
  });

  it("where its source type is none of a deployment's", () => {
    expect(joined(event({ sourceType: "db-snapshot" }), first())).toBeUndefined();
  });

  it("where an instance is called as a member cluster is, or a cluster as a member instance", () => {
    expect(joined(writer({ sourceIdentifier: "db-cluster" }), first())).toBeUndefined();
    expect(joined(event({ sourceIdentifier: "db-instance-writer" }), first())).toBeUndefined();
  });
});

describe("where an old and a new deployment stand on the same database", () => {
  const next = first({
    id: "bgd-next",
    createTime: "2024-02-06T00:00:00.000Z",
    target: cluster("db-cluster-green-newone"),
    members: [{ source: cluster("db-cluster"), target: cluster("db-cluster-green-newone"), status: "AVAILABLE" }],
  });
  const later = { date: "2024-02-06T09:00:00.000Z" };

  it("the names in the text decide", () => {
    const [completed] = told("Renamed db-cluster to db-cluster-old1");
    expect(completed && joined({ ...completed, ...later }, next, second())).toBe(SECOND);
    const ofNext = "Switchover from DB cluster db-cluster to db-cluster-green-newone started.";
    for (const order of [[next, second()] as const, [second(), next] as const])
      expect(joined(event({ ...later, message: ofNext }), ...order)).toBe("bgd-next");
  });

  it("green's name decides, even where a new old blue is called as a deleted one was", () => {
    const message =
      "Switchover from DB cluster db-cluster to db-cluster-green-newone completed. " +
      "Renamed db-cluster to db-cluster-old1 and db-cluster-green-newone to db-cluster.";
    expect(joined(event({ ...later, message, sourceIdentifier: "db-cluster-old1" }), second(), next)).toBe("bgd-next");
  });

  it("without names the youngest that existed at the time decides", () => {
    expect(joined(event(later), second(), next)).toBe("bgd-next");
    expect(joined(event(), second(), next)).toBe(SECOND);
  });
});

describe("the side that reported", () => {
  it("is that of the name at the time", () => {
    const green = writer({ sourceIdentifier: "db-instance-writer-green-8n9hio" });
    expect(sideOf(writer(), first())).toBe("blue");
    expect(sideOf(green, first())).toBe("green");
    expect(sideOf(writer(), second())).toBe("new blue");
    expect(sideOf(writer({ sourceIdentifier: "db-instance-writer-old1" }), second())).toBe("old blue");
    expect(sideOf(green, second())).toBe("green");
    expect(sideOf(event({ sourceType: "blue-green-deployment", sourceIdentifier: FIRST }), first())).toBeUndefined();
  });

  it("is known while a switchover is under way, whether the API shows the new names or not", () => {
    const status = "SWITCHOVER_IN_PROGRESS";
    const old = event({ sourceIdentifier: "db-cluster-old1" });
    expect(sideOf(old, first({ status }))).toBe("old blue");
    expect(sideOf(old, second({ status }))).toBe("old blue");
    expect(sideOf(event(), first({ status }))).toBe("blue");
    expect(sideOf(event(), second({ status }))).toBe("new blue");
  });

  it("is not mistaken where an instance without green is called as the cluster is", () => {
    const lonely = second({ members: [...second().members, { source: instance("db-cluster"), status: "MISSING_TARGET" }] });
    expect(sideOf(event(), lonely)).toBe("new blue");
  });
});
