import { describe, expect, it } from "vitest";
import { type Case, openCase, readCase, replayed } from "../../support/cases/case-lab.ts";

// Source: Aurora User Guide, upgrading Aurora MySQL, "Troubleshooting": an answer of describe-events with empty categories and a message of two
// lines. The log to read is `upgrade-prechecks.log` of the new writer.
const ORDERS = readCase("upgrade-precheck-failed");
const engine = (name: string) => readCase("upgrade-precheck-failed", (text) => text.replaceAll("aurora-mysql", name));

describe.each([
  ["by its event", false],
  ["though the event is lost", true],
])("a failed precheck is told with RDS's words and the log of that engine, and the card is critical too, %s", (_way, lost) => {
  it.each<[string, Case, string | undefined]>([
    ["Aurora MySQL", ORDERS, "upgrade-prechecks.log"],
    // Source: AWS re:Post, "rds-postgresql-version-upgrade-issues".
    ["Aurora PostgreSQL", engine("aurora-postgresql"), "pg_upgrade"],
    ["an engine that the guard does not know", engine("aurora-next"), undefined],
  ])("%s", async (_what, published, log) => {
    const lab = await openCase(published, { first: "before", lost });
    await lab.happens(...published.events);
    await lab.sweeps();
    const entry = lab.entries().find((text) => text.startsWith("*Engine upgrade of green failed*")) ?? "";
    expect(entry).toContain("PreUpgrade checks failed: Oscar PreChecker Found 1 errors");
    expect(/Read the upgrade log of `orders-1-green-abc123` \(`(.+?)`\)/.exec(entry)?.[1]).toBe(log);
    expect(lab.severities()).toMatchObject({ "Engine upgrade of green failed": "critical" });
    const stands = await lab.stands();
    expect(stands).toMatchObject({ phase: "failed", severity: "critical", production: "blue", offers: [] });
    expect(lab.card()).toBe(stands.card);
    // RDS does not go on: nothing of it is waited for.
    expect(stands.checklist.filter(({ remedy }) => remedy.startsWith("Wait"))).toEqual([]);
    expect(lab.said()).not.toMatch(/Wait: green is being built|Ready to switch over/);
    // "Binlog position from crash recovery" is normal.
    expect(lab.said()).not.toContain("crash recovery");
  });
});

it("RDS for MySQL names its own log, and no option for a cluster", async () => {
  const published = readCase("upgrade-precheck-failed", (text) =>
    text.replaceAll("aurora-mysql", "mysql").replaceAll(":cluster:orders", ":db:orders-1").replaceAll("-green-q1w2e3", "-green-abc123"),
  );
  const [deployment] = published.answers["before"]?.BlueGreenDeployments ?? [];
  const pairs = deployment?.SwitchoverDetails?.slice(1) ?? [];
  const DBInstances = (published.answers["before"]?.DBInstances ?? []).map(({ DBClusterIdentifier: _, ...rest }) => rest);
  const lab = await openCase(
    {
      ...published,
      answers: {
        before: {
          DBInstances,
          BlueGreenDeployments: [
            { ...deployment, Source: pairs[0]?.SourceMember, Target: pairs[0]?.TargetMember, SwitchoverDetails: pairs },
          ],
        },
      },
    },
    { first: "before", lost: true },
  );
  await lab.happens(...published.events);
  await lab.sweeps();
  expect(lab.entries().find((text) => text.startsWith("*Engine upgrade of green failed*"))).toContain("PrePatchCompatibility");
  expect(lab.wholeCard()).toContain("recreate orders-80 --target-engine-version VERSION --target-parameter-group GROUP");
});

it("a replay of it says that it failed", async () => {
  expect(await replayed(ORDERS, ORDERS.answers["before"])).toMatchObject({ phase: "failed", severity: "critical" });
});
