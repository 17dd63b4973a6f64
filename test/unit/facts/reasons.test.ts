import { describe, expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { type Fact, type Report, readingOf } from "../../../src/facts/facts.ts";
import { reasonsOf } from "../../../src/facts/reasons.ts";
import { digest } from "../../../src/messages/slack/digest.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { threadEntryOf } from "../../../src/standing/thread-entry.ts";
import { databasesOf, event, factsOf, first, instance, reportOf } from "../../support/deployments/upgrade.ts";
import { entryText } from "../messages/sent.ts";

/** An RDS for MySQL deployment of a primary and its replica, with each side's names. */
function deploymentOf(...pairs: [source: string, target: string][]): Deployment {
  const members = pairs.map(([source, target]) => ({ source: instance(source), target: instance(target), status: "AVAILABLE" }));
  return first({ id: "bgd-twofacts00000001", source: members[0]?.source ?? "", target: members[0]?.target, members });
}

const built = deploymentOf(["crm", "crm-green-aaaaa1"], ["crm-r1", "crm-r1-green-bbbbb2"]);
const switched = deploymentOf(["shopdb-old1", "shopdb"], ["shopdb-cdc-old1", "shopdb-cdc"]);

function report(deployment: Deployment, sourceIdentifier: string, second: number, message: string): Report {
  const date = new Date(Date.parse("2026-08-15T10:00:00.000Z") + second * 1_000).toISOString();
  const sourceType = sourceIdentifier.startsWith("bgd-") ? "blue-green-deployment" : "db-instance";
  return reportOf(event({ sourceType, sourceIdentifier, message, date }), deployment);
}

function entriesOf(facts: readonly Fact[], deployment: Deployment) {
  const summary = standingOf({ view: { deployment, databases: databasesOf(deployment, { engine: "mysql" }) }, facts });
  return facts.map((fact) => threadEntryOf(fact, facts, summary));
}

const texts = (facts: readonly Fact[], deployment: Deployment) => entriesOf(facts, deployment).map((entry) => entryText(entry));

/** A list in every order. */
function orders<T>(list: readonly T[]): T[][] {
  return list.length < 2 ? [[...list]] : list.flatMap((it, at) => orders(list.toSpliced(at, 1)).map((rest) => [it, ...rest]));
}

// Source: "RDS MySQL Blue/Green Upgrades: Don't Let Debezium Lose Its Place" (V. Periyathambi, 2026-03-26): a replica's binary log has
// positions of its own.
describe("binary log coordinates of two databases", () => {
  const coordinates = (of: string, second: number, file: string, position: string) =>
    report(switched, of, second, `Binary log coordinates in green environment after switchover: file ${file} and position ${position}`);
  const primary = coordinates("shopdb-green-k2j3h4", 45, "mysql-bin-changelog.000003", "40134574");
  const replica = coordinates("shopdb-cdc-green-z9y8x7", 47, "mysql-bin-changelog.000007", "536");

  it.each(orders([primary, replica, primary]))("are two entries, each with its database", (...given) => {
    const told = texts(factsOf(given), switched).sort();
    expect(told).toHaveLength(2);
    expect(told.find((it) => it.includes("`40134574`"))).toContain("These are places in the binary log of `shopdb` alone");
    expect(told.find((it) => it.includes("`536`"))).toContain("These are places in the binary log of `shopdb-cdc` alone");
    expect(told.filter((it) => it.includes("40134574") && it.includes("536"))).toEqual([]);
  });

  it("are both said where they are told together with much else", () => {
    const message = messageText(digest(entriesOf(factsOf([primary, replica]), switched)));
    expect(message).toContain("file `mysql-bin-changelog.000003`, position `40134574`");
    expect(message).toContain("file `mysql-bin-changelog.000007`, position `536`");
  });

  it("are one entry where RDS files the same ones under green's name and under the name that it took", () => {
    const again = coordinates("shopdb", 46, "mysql-bin-changelog.000003", "40134574");
    expect(factsOf([primary, again])).toHaveLength(1);
  });

  it("are quoted where RDS says them in other words", () => {
    const [text] = texts(factsOf([report(switched, "shopdb", 45, "Binary log coordinates: bin.000003/401.")]), switched);
    expect(text).toContain("> Binary log coordinates: bin.000003/401.");
  });
});

it("tells two databases' failed upgrades apart, each with its own reason and log", () => {
  const failed = (of: string, second: number, why: string) =>
    report(built, of, second, `Database instance is in a state that cannot be upgraded: ${why}.`);
  const facts = factsOf([failed("crm-green-aaaaa1", 0, "prepared transactions"), failed("crm-r1-green-bbbbb2", 2, "unknown data types")]);
  const [first, second] = texts(facts, built);
  expect(first).toContain("Reason: prepared transactions");
  expect(first).toContain("Read the upgrade log of `crm-green-aaaaa1`");
  expect(first).not.toContain("unknown data types");
  expect(second).toContain("Reason: unknown data types");
  expect(second).toContain("Read the upgrade log of `crm-r1-green-bbbbb2`");
});

// Texts: AWS's template of RDS-EVENT-0252.
describe("a switchover that RDS cancelled for a replica", () => {
  const cause = report(
    built,
    "crm-r1",
    0,
    "Switchover from read replica crm-r1 to crm-r1-green-bbbbb2 was canceled due to replica lag of 900 seconds.",
  );
  const consequence = report(
    built,
    "crm",
    2,
    "Switchover from primary crm to crm-green-aaaaa1 was canceled due to cancellation of the blue/green deployment's switchover.",
  );

  it.each(orders([cause, consequence, cause]))("is one entry with both reasons, the cause first", (...given) => {
    const facts = factsOf(given);
    const [fact] = facts;
    expect(facts).toHaveLength(1);
    expect(fact && reasonsOf(fact)).toEqual([
      { database: "crm-r1", reason: "replica lag of 900 seconds" },
      { database: "crm", reason: "cancellation of the blue/green deployment's switchover" },
    ]);
    expect(fact && readingOf(fact, "crm")).toMatchObject({ blue: "crm", reason: "replica lag of 900 seconds" });
    expect(texts(facts, built)[0]).toContain(
      "Reason: replica lag of 900 seconds (`crm-r1`)\n" + "Reason: cancellation of the blue/green deployment's switchover (`crm`)\n",
    );
  });

  it("names no database for the reason of the deployment itself", () => {
    const own = report(built, built.id, 3, "Switchover canceled on blue/green deployment crm-84 due to timeout.");
    expect(texts(factsOf([own]), built)[0]).toContain("\nReason: timeout\n");
  });
});

it("does not tell that green stopped as what a replica of blue does, though both stop within minutes", () => {
  const stopped = (of: string, second: number) => report(built, of, second, "Replication has stopped. Read the error log.");
  const told = texts(factsOf([stopped("crm-r1", 0), stopped("crm-green-aaaaa1", 5), stopped("crm-r1-green-bbbbb2", 6)]), built);
  expect(told.map((it) => it.split("\n")[0])).toEqual(["*Replication of blue's replica stopped*", "*Replication stopped*"]);
  expect(told[1]).toContain("Reason: Read the error log (`crm-green-aaaaa1`)\nReason: Read the error log (`crm-r1-green-bbbbb2`)");
});

it("says in which log to look for each hour in which RDS reported DDL", () => {
  const ddl = (of: string, second: number, hour: string) =>
    report(
      built,
      of,
      second,
      `Data definition language (DDL) changes aren't supported for blue/green deployments. See the engine logs for the timestamp ${hour} for more information.`,
    );
  const [text] = texts(factsOf([ddl("crm", 0, "2026-08-15-09"), ddl("crm", 90, "2026-08-15-10")]), built);
  expect(text).toContain("of `crm` for the hour `2026-08-15-09` (UTC), and in the engine log of `crm` for the hour `2026-08-15-10` (UTC).");
});
