import { describe, expect, it } from "vitest";
import { notice } from "../../../src/messages/slack/notice.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { viewOf } from "../../support/deployments/recreating.ts";
import { databasesOf, event, first, second, told } from "../../support/deployments/upgrade.ts";
import { announced, cardText, entryText, having } from "./sent.ts";

const lines = (...all: string[]): string => all.join("\n");
const degraded = [...told("REPLICATION_DEGRADED"), ...told("Replication has been degraded")];
const AFTER = { deployment: second(), databases: databasesOf(second()) };
const WHERE = "123456789012 · ap-northeast-1 · cluster `db-cluster` · aurora-postgresql 14.10 → 15.5 · Blue · Green · RDS console · Events";
const switchover = told("cvrzdo started").concat(told("Switchover started"), told("completed. Renamed"), told("Switchover completed"));

describe("the person on call reads", () => {
  it("of the degraded deployment: who said it and when, which log, that blue is well, and to delete and create again", () => {
    const { entry } = having(degraded);
    const [blue] = degraded;
    expect(entryText(entry)).toBe(
      lines(
        "🟠 *blue-green: Replication is degraded. The upgrade is blocked. Production is not affected, so this can wait until morning.*",
        WHERE,
        "Green has stopped following blue and cannot be repaired.",
        "1. Find the statement: it is a WARNING in the engine log of `db-instance-writer` for the hour `2024-02-05-08` (UTC). Stop what ran it (a migration, an ORM, a cron job), or it ruins the next deployment too.",
        "2. Delete the deployment with green and create it again: `npx bluegreen-guard recreate blue-green`",
        "*More about “Replication is degraded”*",
        `> ${blue?.message}`,
        "2024-02-05 08:07 UTC · reported by blue `db-instance-writer` at 08:07:00 UTC, " +
          "green `db-instance-writer-green-8n9hio` at 08:07:00 UTC",
      ),
    );
    expect(notice(entry).text).toBe(
      "🟠 blue-green: Replication is degraded. The upgrade is blocked. Production is not affected, so this can wait until morning.",
    );
  });

  it("of degraded replication that only green reported: to look shortly before that time", () => {
    expect(entryText(having(told("Replication has been degraded")).entry)).toContain(
      "1. Find the statement: it is a WARNING in the engine log of `db-cluster`, shortly before 08:07:00 UTC. Stop what ran it",
    );
  });

  it("on the card of the degraded deployment: the command that has it deleted with green and created again", () => {
    const text = cardText(having(degraded).summary);
    expect(text).toContain("blue-green · Degraded: cannot be switched over");
    expect(text).toContain("*degraded* since 2024-02-05 08:07 UTC, reported by `db-instance-writer`");
    expect(text).toContain("2. Delete it with green and create it again: `npx bluegreen-guard recreate blue-green`");
  });

  it("of the deployment that is ready: test, switch over, and no DDL until then", () => {
    expect(entryText(announced("ready", told("tasks completed").slice(1), viewOf()))).toBe(
      lines(
        "*blue-green: Ready to switch over*",
        WHERE,
        "Green is built, and everything that a switchover needs is there.",
        "Test green, then switch over in a quiet hour.",
        "Until the switchover, run no DDL on blue (migrations, ORMs, cron jobs): one `ALTER TABLE` ruins the deployment.",
        "2024-02-05 09:50 UTC · reported by `bgd-cavqrityavom8edj` at 09:50:00 UTC, the RDS API, looked at 09:50:00 UTC",
      ),
    );
  });

  // Source: hashicorp/terraform-provider-aws, issues 47493 and 41705: RDS refuses while green is storage-optimization.
  it("of green that is built while RDS still works on its storage: not to switch over yet, and what is waited for", () => {
    const view = viewOf(first(), { "db-instance-writer-green-8n9hio": { status: "storage-optimization", percentProgress: "42" } });
    const { entry } = having(told("tasks completed").slice(1));
    const summary = standingOf({ view, facts: [] });
    expect(entryText({ ...entry, deployment: summary })).toBe(
      lines(
        "*Green is built*",
        "It cannot be switched over yet. RDS took 3 h 42 min to build it.",
        "db-instance-writer-green-8n9hio is storage-optimization (42 %). Wait until it is available.",
        "2024-02-05 09:50 UTC · reported by `bgd-cavqrityavom8edj` at 09:50:00 UTC",
      ),
    );
    expect(cardText(summary)).toContain("blue-green · Built, not ready yet");
    expect(cardText(summary, true)).not.toContain("Switch over…");
  });

  it("of the deployment that is ready but degraded already: not to switch over", () => {
    const [ready] = told("tasks completed");
    const text = entryText(having(ready ? [...degraded, ready] : []).entry);
    expect(text).toContain("*Green is built, but degraded*");
    expect(text).not.toMatch(/can be switched over|then switch over/);
  });

  it("of the deployment that was ready, where Slack is told only once it is degraded: that it was, and not to switch over", () => {
    const entry = announced("ready", told("tasks completed").slice(1), viewOf(), degraded);
    const text = entryText(entry);
    expect(text).toContain("\nGreen was built, and everything that a switchover needs was there.\n");
    expect(text).toContain("Replication has been degraded since: RDS will refuse the switchover.\n");
    expect(text).not.toMatch(/can be switched over|then switch over/);
  });

  it("of the switchover: names, versions, the pause, and everything that remains to be done", () => {
    expect(entryText(announced("switched-over", switchover, AFTER))).toBe(
      lines(
        "*blue-green: Switched over*",
        WHERE.replace("Blue · Green", "Old blue · New blue"),
        "Green has taken every name of blue's and is production now.",
        "It took 1 min, from RDS's event “started” to its event “completed”. Connections were refused for a part of that.",
        "What remains to be done is in the thread: statistics, infrastructure code, old blue.",
        "*More about “Switched over”*",
        "From `db-cluster`, now called `db-cluster-old1`, to `db-cluster-green-cvrzdo`, now called `db-cluster`.",
        "Engine: aurora-postgresql 14.10 → 15.5.",
        "Parameter groups: `cluster-14`, `instance-14` → `cluster-15`, `instance-15`.",
        "Sequences: no event told that they were synchronised.",
        "*What remains to be done*",
        "• `REFRESH MATERIALIZED VIEW` for every materialized view: refreshes on blue did not reach green.",
        "• `ANALYZE` in every database: a major upgrade leaves no planner statistics.",
        "• Set engine version 15.5 and parameter groups `cluster-15`, `instance-15` in your infrastructure code, or its next run fails or undoes the upgrade.",
        "• Set up again what RDS does not carry over: IAM roles of the cluster, autoscaling policies, DMS tasks, zero-ETL integrations.",
        "• Delete old blue `db-cluster-old1` with `db-instance-writer-old1` when it is no longer needed: until then it is billed. On Aurora it stays read-only only while this deployment exists: after that it may accept writes again.",
        "• Parameter groups of old blue `db-cluster-old1` (`cluster-14`, `instance-14`) can be deleted only after it and this deployment are gone.",
        "• Point-in-time recovery of new blue goes back to green's creation: keep old blue while you may need an earlier moment.",
        "*To go back by hand*, since RDS has no way back. What was written since the switchover stays behind on new blue.",
        "1. Delete this deployment (`bgd-cavqrityavom8edj`) and nothing with it, then reboot old blue's writer: until then `db-cluster-old1` is read-only.",
        "2. Rename `db-cluster` to `db-cluster-new`, `db-instance-writer` to `db-instance-writer-new`.",
        "3. Rename `db-cluster-old1` to `db-cluster`, `db-instance-writer-old1` to `db-instance-writer`.",
        "2024-02-05 11:42 UTC · reported by old blue `db-cluster-old1` at 11:42:00 UTC, new blue `db-cluster` at 11:42:00 UTC, " +
          "`bgd-cavqrityavom8edj` at 11:42:00 UTC, the RDS API, looked at 11:42:00 UTC",
      ),
    );
  });

  it("of RDS's own word for the end, where it was told before the last member followed: no more than that", () => {
    const all = entryText(having(switchover, second()).entry);
    expect(all).toMatch(/^\*RDS has ended the switchover\*\nRDS says that it has completed the switchover\.\nFrom `db-cluster` to /);
    expect(all).not.toContain("What remains to be done");
  });

  it("of a switchover without names or start: what is known, and that the pause is not", () => {
    const text = entryText(announced("switched-over", told("Switchover completed"), AFTER));
    expect(text).toContain("How long it took is not known: no event told of the start.");
    expect(text).toContain("• Delete old blue `db-cluster-old1`");
    expect(text).not.toContain("From `");
  });

  it("of a minor upgrade: not to repeat what only a major one needs", () => {
    const entry = announced("switched-over", switchover, AFTER);
    const versions = (engine: string, from: string, to: string) => ({
      ...entry,
      deployment: entry.deployment && {
        ...entry.deployment,
        replicationType: engine === "postgres" ? ("physical" as const) : undefined,
        source: { ...entry.deployment.source, database: { engine, engineVersion: from, status: "available" } },
        target: {
          arn: second().target ?? "",
          name: "db-cluster",
          parameterGroups: [],
          members: [],
          database: { engine, engineVersion: to, status: "available" },
        },
      },
    });
    expect(entryText(versions("postgres", "15.4", "15.5"))).not.toMatch(/ANALYZE|REFRESH/);
    expect(entryText(versions("aurora-postgresql", "15.4", "15.5"))).toMatch(/REFRESH/);
    expect(entryText(versions("mysql", "5.7.44", "8.0.36"))).toContain("(`ANALYZE TABLE`) where queries became slow");
  });
});

describe("a cancelled switchover says", () => {
  const cancelled = (reason: string) =>
    having([event({ message: `Switchover from DB cluster db-cluster to db-cluster-green-ak5mgh was canceled due to ${reason}.` })]).entry;

  it("why, and to try again", () => {
    expect(entryText(cancelled("replica lag"))).toBe(
      lines(
        "*blue-green: Switchover cancelled. Nothing has changed, blue is still production.*",
        WHERE,
        "RDS cancelled the switchover and rolled everything back.",
        "Reason: replica lag",
        "Fix the reason, then switch over again: `npx bluegreen-guard switchover blue-green`",
        "2024-02-05 11:41 UTC · reported by blue `db-cluster` at 11:41:00 UTC",
      ),
    );
  });

  it("to create the deployment again, where DDL is the reason", () => {
    const text = entryText(cancelled("DDL or Large Object changes on db-cluster that can't be replicated"));
    expect(text).toContain("Green cannot be switched to any more: delete the deployment together with green and create it again.");
  });
});

it("a text of a database in no deployment is told as it came, and says that none was found", () => {
  const { entry } = having(degraded, first());
  const text = entryText({ ...entry, deployment: undefined });
  expect(text).toContain(`> ${degraded[0]?.message}`);
  expect(text).toContain("*No deployment found*: RDS lists no blue/green deployment for `db-instance-writer` (any more)");
});
