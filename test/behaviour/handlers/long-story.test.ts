import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { fromEventBridge } from "../../../src/events/eventbridge.ts";
import { withReport } from "../../../src/facts/facts.ts";
import { type DeploymentRecord, deploymentKey } from "../../../src/facts/record.ts";
import { reportOf } from "../../../src/facts/report-of.ts";
import { amendRecord } from "../../../src/operations/amend-record.ts";
import { signalOf } from "../../../src/rules/signal.ts";
import { allTold } from "../../support/deployments/upgrade.ts";
import { addCluster, create, HOUR, MINUTE, sweepFor } from "../../support/handlers/sweeping.ts";
import { openTestLab, openWireLab, type TestLab, told, wholeText, withoutDetails, withoutSign } from "../../support/lab/stage.ts";

const ENVELOPE = JSON.parse(readFileSync(new URL("../../events/ddl-on-blue.json", import.meta.url), "utf8"));

/** The record of a deployment whose green replica stops and resumes once a minute, all of it told. */
function flapped(record: DeploymentRecord, start: number, minutes: number): DeploymentRecord {
  let facts = record.facts;
  for (let minute = 0; minute < minutes; minute += 1) {
    const [EventID, Message] =
      minute % 2 ? ["RDS-EVENT-0046", "Replication for the Read Replica resumed."] : ["RDS-EVENT-0045", "Replication has stopped."];
    const Date_ = new Date(start + minute * MINUTE).toISOString();
    const detail = { ...ENVELOPE.detail, SourceIdentifier: "orders-1-green-abc123", Date: Date_, EventID, Message };
    const signal = signalOf(fromEventBridge({ ...ENVELOPE, detail }));
    if (signal) facts = withReport(facts, signal.rule, reportOf(signal, undefined), record.dropped);
  }
  return { ...record, facts, posts: [...record.posts.filter(({ of }) => of === "card"), ...allTold(facts).posts] };
}

async function withReady(lab: TestLab, tags: { Key: string; Value: string }[] = []): Promise<string> {
  onTestFinished(async () => {
    lab.clock.stop();
    await lab.close();
  });
  return lab.clock.work(async () => {
    const id = await create(lab, "orders", { tags });
    await sweepFor(lab, HOUR);
    return id;
  });
}

const cardOf = (lab: TestLab): string =>
  withoutSign(
    wholeText(
      lab,
      withoutDetails(lab).find((it) => !it.threadTs && !it.deleted),
    ),
  );

describe("a deployment with a long story", () => {
  it("is told of as any other: its record stays below DynamoDB's 400 KB, and the card says how much is no longer kept", async () => {
    const lab = await openTestLab();
    addCluster(lab, "orders");
    const id = await withReady(lab);
    const begun = lab.clock.now() - 14 * 24 * HOUR;
    for (let at = begun; at < lab.clock.now(); at += 6 * HOUR) {
      const record = await amendRecord(lab.records, deploymentKey(id), (it) => flapped(it, at, 6 * 60));
      expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(200_000);
    }
    lab.rds.runDdl("orders", "ALTER TABLE");
    await lab.clock.work(() => sweepFor(lab, HOUR));
    expect(cardOf(lab)).toMatch(/^orders-15 · Degraded: cannot be switched over\n/);
    expect(cardOf(lab)).toMatch(/ · \d+ older reports are no longer kept$/);
    expect(lab.bus.events.map((it) => it["detail-type"])).toEqual(["Deployment Ready", "Deployment Degraded"]);
  });
});

// AWS takes these keys; a tag of anybody who may tag must not keep the guard from writing its record.
describe.each([
  ["the deployment", "constructor"],
  ["the deployment", "__proto__"],
  ["blue", "constructor"],
  ["blue", "toString"],
])("a tag of %s with the key %s", (where, Key) => {
  it("does not keep its deployment from being told of", async () => {
    const lab = await openWireLab();
    addCluster(lab, "orders");
    if (where === "blue") lab.rds.change("orders", { tags: { [Key]: "y" } });
    await withReady(lab, where === "blue" ? [] : [{ Key, Value: "y" }]);
    lab.rds.runDdl("orders", "ALTER TABLE");
    await lab.clock.work(() => sweepFor(lab, 15 * MINUTE));
    expect(told(lab).filter((line) => !line.startsWith("  "))).toEqual(["orders-15 · Degraded: cannot be switched over"]);
  });
});
