import { expect, it } from "vitest";
import { auroraMysqlUpgrade } from "../../../../lab/stories/aurora-mysql.ts";
import { rdsMysql } from "../../../../lab/stories/rds-mysql.ts";
import { rdsPostgresql } from "../../../../lab/stories/rds-postgresql.ts";
import { told } from "../../../support/lab/stage.ts";
import { cardReadings, INSTANCE_BUILT, playWithSweeps, read, threadOf } from "./play.ts";

const POSTGRESQL_WORDS = /REFRESH|ALTER TABLE|[Ss]equence|pg_|Postgre/;

it("aurora-mysql: DDL on blue does no harm, the lag is watched on green, and the new binary log's place is told", async () => {
  const { lab, said, readings } = await playWithSweeps(auroraMysqlUpgrade);
  expect(said).toContain("RDS sends none: green takes the change along.");
  expect(told(lab)).toEqual([
    "shop-8-0 · Switched over",
    "  How green is built",
    "  Ready to switch over",
    "  Switchover started",
    "  Binary log coordinates after the switchover",
    "  Switched over",
  ]);
  const ready = cardReadings(readings).filter((text) => text.includes("· Ready to switch over"));
  expect(ready.at(-1)).toMatch(/^Lag: 0 s, steady \(`AuroraBinlogReplicaLag` of `shop-1-green-\w{6}`, at /m);
  expect(read(lab, "Binary log coordinates after the switchover")).toMatch(
    /file `mysql-bin-changelog.000003`, position `40134574`\.\n.*reported by green `shop-1-green-\w{6}`/,
  );
  expect(readings.map(({ text }) => text).filter((text) => POSTGRESQL_WORDS.test(text))).toEqual([]);
});

it("rds-postgresql: the same ALTER TABLE is harmless to the minor upgrade and ruins the major one", async () => {
  const { lab, readings } = await playWithSweeps(rdsPostgresql);
  expect(threadOf(lab, "invoices-16-4")).toEqual([...INSTANCE_BUILT, "Switchover started", "Switched over"]);
  expect(threadOf(lab, "ledger-16")).toEqual([...INSTANCE_BUILT, "Replication is degraded", "Switchover cancelled"]);
  const ready = (name: string) => cardReadings(readings).findLast((text) => text.startsWith(`${name} · Ready`));
  expect(ready("invoices-16-4")).toMatch(/^Lag: 0 s, steady \(`ReplicaLag` of `invoices-green-\w{6}`, at /m);
  expect(ready("invoices-16-4")).toContain("Green is read-only and follows blue, DDL included.");
  expect(ready("ledger-16")).toMatch(/^Lag: \d+ MB, falling \(`OldestReplicationSlotLag` of `ledger`, at /m);
  expect(ready("ledger-16")).toContain("run no DDL on blue");
  // While green is being upgraded it still has blue's version, which must not be taken for a minor upgrade.
  const building = cardReadings(readings).filter((text) => text.startsWith("ledger-16 · Building green"));
  expect(building.length).toBeGreaterThan(2);
  expect(building.filter((text) => text.includes("DDL included"))).toEqual([]);
  const report = read(lab, "Switched over").replace(/\(https:[^)]*\)/g, "");
  expect(report).not.toMatch(/ANALYZE|REFRESH|Aurora|cluster|Parameter groups/);
  expect(read(lab, "Switchover cancelled")).toContain("Green cannot be switched to any more");
  // RDS's API and its events say the same.
  expect(readings.filter(({ text }) => text.includes("RDS disagrees with itself"))).toEqual([]);
});

it("rds-mysql: stopped replication stands in the way of a switchover until it resumes, and the read replica goes along", async () => {
  const { lab, readings } = await playWithSweeps(rdsMysql);
  expect(told(lab)).toEqual([
    "catalog-8-4 · Switched over",
    ...INSTANCE_BUILT.map((title) => `  ${title}`),
    "  Replication stopped",
    "  Not ready to switch over any more",
    "  Switchover cancelled",
    "  Replication resumed",
    "  Ready to switch over",
    "  Switchover started",
    "  Binary log coordinates after the switchover",
    "  Switched over",
  ]);
  const stopped = cardReadings(readings).findLast((text) => text.startsWith("catalog-8-4 · Built, but replication is stopped"));
  expect(stopped).toContain("Do not switch over yet");
  expect(stopped).toMatch(/^\*stopped\* since 2024-02-05 05:24 UTC, reported by `catalog-green-\w{6}`$/m);
  const running = cardReadings(readings).filter((text) => /^running /m.test(text));
  expect(running.filter((text) => text.includes("green does not replicate"))).toEqual([]);
  expect(read(lab, "Switchover cancelled")).toMatch(/Reason: unhealthy replication: catalog-green-\w{6} does not follow/);
  expect(read(lab, "Switchover started")).toContain("blue `catalog-replica`");
  expect(cardReadings(readings).at(-1)).toContain("members: `catalog-replica-old1`");
  expect(read(lab, "Switched over").replace(/\(https:[^)]*\)/g, "")).not.toMatch(/Aurora|cluster/);
});
