import { describe, expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { lagMetricOf, lagOf } from "../../../src/deployments/lag.ts";
import { wayBack } from "../../../src/messages/en/advice/after-switchover.ts";
import { card } from "../../../src/messages/slack/card.ts";
import { slackForm } from "../../../src/messages/slack/form.ts";
import { type Standing, standingOf } from "../../../src/standing/standing.ts";
import { viewOf } from "../../support/deployments/recreating.ts";
import { databasesOf, event, factsOf, first, rememberedOf, reportOf, second } from "../../support/deployments/upgrade.ts";
import { announced, cardText, entryText, having, problemsOf } from "./sent.ts";

const AS = slackForm(false);

const READ = Date.parse("2024-02-05T09:00:00.000Z");

function summary(
  engine: string,
  versions: [blue: string, green: string],
  deployment: Deployment = first(),
  messages: string[] = [],
): Standing {
  const databases = databasesOf(deployment, { engine }).map((it) => ({
    ...it,
    engineVersion: it.arn === deployment.source ? versions[0] : versions[1],
  }));
  const facts = factsOf(messages.map((message, index) => reportOf(said(message, index), deployment)));
  const view = { deployment, databases };
  const metric = lagMetricOf(viewOf(deployment, Object.fromEntries(databases.map((it) => [it.identifier, it]))));
  const lag = metric && { lag: lagOf([{ at: READ, value: 0 }], metric, READ), at: new Date(READ).toISOString() };
  return standingOf({ view, facts, memory: rememberedOf(deployment), lag });
}

const GREEN = "db-instance-writer-green-8n9hio";
const BUILT = "Blue/green deployment tasks completed.";

function said(message: string, hour = 0) {
  const date = `2024-02-05T1${hour}:00:00.000Z`;
  if (/^(Blue|Switchover .* on blue)\/green deployment/.test(message))
    return event({ sourceType: "blue-green-deployment", sourceIdentifier: first().id, message, date });
  return event({ sourceType: "db-instance", sourceIdentifier: GREEN, message, date });
}

/** The thread entry that `message` leads to, in a deployment of that engine. */
function entry(message: string, about: Standing): string {
  const { entry } = having([said(message)]);
  return entryText({ ...entry, deployment: about });
}

/** What is announced of such a deployment once it is switched over. */
function switchedOver(about: Standing): string {
  const completed = said("Switchover completed on blue/green deployment blue-green.");
  return entryText({ ...announced("switched-over", [completed], viewOf(second())), deployment: about });
}

const mysql = (deployment?: Deployment) => summary("mysql", ["8.0.39", "8.4.3"], deployment);

describe("a card of a deployment that is ready", () => {
  it.each([
    ["aurora-postgresql", ["15.5", "16.4"], "Lag: 0 MB, steady (`OldestReplicationSlotLag` of `db-instance-writer`"],
    [
      "aurora-mysql",
      ["5.7.mysql_aurora.2.12.4", "8.0.mysql_aurora.3.08.0"],
      "Lag: 0 s, steady (`AuroraBinlogReplicaLag` of `db-instance-writer-green-8n9hio`",
    ],
    ["mysql", ["8.0.39", "8.4.3"], "Lag: 0 s, steady (`ReplicaLag` of `db-instance-writer-green-8n9hio`"],
    ["postgres", ["16.3", "16.4"], "Lag: 0 s, steady (`ReplicaLag` of `db-instance-writer-green-8n9hio`"],
    ["postgres", ["15.7", "16.4"], "Lag: 0 MB, steady (`OldestReplicationSlotLag` of `db-instance-writer`"],
  ] as const)("for %s %j shows the lag, with the metric and its instance", (engine, [blue, green], metric) => {
    const text = cardText(summary(engine, [blue, green]));
    expect(text).toContain(`${metric}, at 2024-02-05 09:00 UTC).`);
  });

  it("does not show a lag that nobody needs before it is ready or after the switchover", () => {
    expect(cardText(mysql(first({ status: "PROVISIONING" })))).not.toContain("Lag:");
    expect(cardText(mysql(second()))).not.toContain("Lag:");
  });

  it("does not call it ready where replication has stopped since green was built", () => {
    const message = card(summary("mysql", ["8.0.39", "8.4.3"], first(), [BUILT, "Replication has stopped."]));
    expect(problemsOf(message)).toEqual([]);
    expect(message.text).toBe("blue-green: Built, but replication is stopped");
    expect(messageText(message)).toContain(
      `Do not switch over yet.\nReplication to \`${GREEN}\` is stopped. While green does not follow blue, RDS refuses a switchover or leaves this database out of it.`,
    );
  });

  it.each([[["Replication has stopped.", BUILT]], [[BUILT, "Replication has stopped.", "Replication for the Read Replica resumed"]]])(
    "calls it ready after %j",
    (messages) => {
      expect(card(summary("mysql", ["8.0.39", "8.4.3"], first(), messages)).text).toBe("blue-green: Ready to switch over");
    },
  );

  it("of RDS PostgreSQL does not say that DDL does no harm before it is known how green follows", () => {
    const building = first({ status: "PROVISIONING", tasks: [{ name: "DB_ENGINE_VERSION_UPGRADE", status: "IN_PROGRESS" }] });
    const text = cardText(summary("postgres", ["15.7", "15.7"], building));
    expect(text).toContain("Run no DDL on blue for now (migrations, ORMs, cron jobs): with logical replication");
  });
});

describe("a thread entry", () => {
  it("of RDS says nothing of clusters and Aurora", () => {
    expect(switchedOver(mysql(second()))).not.toMatch(/Aurora|of the cluster/);
    expect(switchedOver(summary("aurora-mysql", ["5.7", "8.0"], second()))).toMatch(
      /IAM roles of the cluster.*On Aurora it stays read-only/s,
    );
    expect(entry("Blue/green deployment deleted.", mysql(second()))).not.toContain("Aurora");
  });

  it("of a switchover names no parameter group as a leftover that new blue has too", () => {
    const same = summary("postgres", ["16.3", "16.4"], second());
    const kept = { ...same, target: same.target && { ...same.target, parameterGroups: same.source.parameterGroups } };
    expect(switchedOver(kept)).not.toContain("• Parameter groups of");
    expect(switchedOver(same)).toContain("(`cluster-14`, `instance-14`)");
  });

  it("of a failed engine upgrade names the engine's own log", () => {
    const failed = "Database instance is in a state that cannot be upgraded: a reason.";
    expect(entry(failed, mysql())).toContain("(`PrePatchCompatibility.log`)");
    expect(entry(failed, summary("postgres", ["15.7", "16.4"]))).toContain("(`pg_upgrade`)");
    expect(entry(failed, summary("aurora-postgresql", ["15.7", "16.4"]))).toContain("(`pg_upgrade`)");
  });

  // Source of the text: Aurora User Guide, upgrading Aurora MySQL, "Troubleshooting".
  it("of Aurora MySQL's failed prechecks quotes RDS's reason and names Aurora MySQL's log", () => {
    const failed = "Database cluster is in a state that cannot be upgraded:\nPreUpgrade checks failed: Oscar PreChecker Found 1 errors";
    const text = entry(failed, summary("aurora-mysql", ["5.7.mysql_aurora.2.12.4", "8.0.mysql_aurora.3.08.0"]));
    expect(text).toContain("Reason: PreUpgrade checks failed: Oscar PreChecker Found 1 errors\n");
    expect(text).toContain(`Read the upgrade log of \`${GREEN}\` (\`upgrade-prechecks.log\`).`);
    expect(text).not.toContain("PrePatchCompatibility");
  });

  it.each(["mariadb", "an-engine-of-next-year"])("of %s names no log of a failed upgrade, since none is known", (engine) => {
    const text = entry("Database instance is in a state that cannot be upgraded: a reason.", summary(engine, ["10.6", "11.4"]));
    expect(text).toContain(`Look for the cause among the logs and events of \`${GREEN}\` in the RDS console.`);
    expect(text).not.toMatch(/PrePatchCompatibility|upgrade-prechecks|pg_upgrade/);
  });

  it.each([
    ["mysql", "`read_only`", /default_transaction_read_only/],
    ["mariadb", "`read_only`", /default_transaction_read_only/],
    ["postgres", "`default_transaction_read_only`", /`read_only`/],
    ["an-engine-of-next-year", "what keeps it read-only", /_only/],
  ])("of %s says how old blue accepts writes in that engine's words alone", (engine, own, others) => {
    const text = wayBack({ reading: {}, deployment: summary(engine, ["1.0", "2.0"], second()) }, AS).join("\n");
    expect(text).toContain(`turn off ${own} in its parameter group`);
    expect(text).not.toMatch(others);
  });

  it.each(["aurora-mysql", "aurora-postgresql"])("of %s names no parameter, since the deployment keeps old blue read-only", (engine) => {
    const text = wayBack({ reading: {}, deployment: summary(engine, ["1.0", "2.0"], second()) }, AS).join("\n");
    expect(text).toContain("Delete this deployment");
    expect(text).not.toContain("read_only");
  });

  it("of long transactions looks for them where the engine shows them", () => {
    const held = "RDS can't configure the DB cluster shop as a replication source because of idle or long-running transactions.";
    expect(entry(held, summary("aurora-mysql", ["5.7", "8.0"]))).toContain("information_schema.innodb_trx");
    expect(entry(held, summary("aurora-postgresql", ["15.5", "16.4"]))).toContain("pg_stat_activity");
    expect(entry(held, summary("an-engine-of-next-year", ["1", "2"]))).toContain("Find them on `shop` and end them.");
  });

  it("of a cancelled switchover does not say to try again where the deployment is degraded, though the event gives no reason", () => {
    const degraded = summary("postgres", ["15.7", "16.4"], first(), ["Replication has been degraded."]);
    const text = entry("Switchover canceled on blue/green deployment blue-green.", degraded);
    expect(text).toContain("Green cannot be switched to any more: delete the deployment together with green and create it again.");
  });

  it("of the binary log's coordinates says when to go there", () => {
    const text = entry("Binary log coordinates in green environment after switchover: file bin.000003 and position 4013", mysql(second()));
    expect(text).toContain(
      "Once consumers (CDC, replicas) have read all of old blue's binary log, point them at file `bin.000003`, position `4013`.",
    );
  });
});
