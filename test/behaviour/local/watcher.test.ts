import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { REGION } from "../../../lab/lab.ts";
import { TOKEN } from "../../../lab/secrets.ts";
import { DEPLOYMENTS, SIGHTS } from "../../../local/cli/watch/sight.ts";
import { createWatcher } from "../../../local/cli/watch/watcher.ts";
import { type Kept, recordsInMemory } from "../../../local/records-memory.ts";
import { createMetrics } from "../../../src/clients/metrics.ts";
import { createRds } from "../../../src/clients/rds/rds.ts";
import { createSlack } from "../../../src/clients/slack/slack.ts";
import { DEFAULTS } from "../../../src/settings/settings.ts";
import { addCluster, create, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab, readings, type TestLab, told } from "../../support/lab/stage.ts";

/** A guard that recreates by itself. */
const RECREATES = { onDegraded: "recreate", tagMayRaise: true, operations: true, commands: true } as const;

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true, policy: RECREATES });
});
afterEach(() => lab.close());

const play = <T>(task: () => Promise<T>): Promise<T> => lab.clock.work(task);

/** A watcher of the lab's account that was given the settings of such a guard, and what it keeps. */
function watcher() {
  const aws = { endpoint: lab.url, region: REGION, credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  const kept = new Map<string, Kept>();
  const channel = lab.slack.channels[0]?.id ?? "";
  const look = createWatcher({
    aws,
    rds: createRds(aws),
    metrics: createMetrics(aws),
    time: lab.clock,
    records: recordsInMemory(kept),
    slack: createSlack({ token: async () => TOKEN, channel, apiUrl: `${lab.url}/slack/api/` }),
    from: { machine: "oncall-laptop", cannotSee: [] },
    settings: { ...DEFAULTS, ...RECREATES },
    log: { info() {}, error() {} },
  });
  return { look, requests: () => [...kept.keys()].filter((key) => key.startsWith("request#")) };
}

describe("a watcher", () => {
  it("requests nothing and has nothing to press, whatever settings and tags say, where a deployed guard recreates", () =>
    play(async () => {
      const { look, requests } = watcher();
      addCluster(lab, "orders");
      await create(lab, "orders", { tags: [{ Key: "bluegreen-guard:on-degraded", Value: "recreate" }] });
      await pass(lab, 40 * MINUTE);
      await look();
      lab.rds.runDdl("orders", "ALTER TABLE t ADD c int");
      const asked = lab.rds.calls.length;
      for (let minute = 0; minute < 30; minute += 1) {
        await pass(lab, MINUTE);
        await look();
      }
      expect(told(lab)[0]).toBe("orders-15 · Degraded: cannot be switched over");
      expect(lab.slack.messages.map((it) => JSON.stringify(it)).filter((it) => it.includes('"actions"'))).toEqual([]);
      expect(requests()).toEqual([]);
      expect(lab.bus.events).toEqual([]);
      expect(lab.rds.calls.slice(asked).filter(({ action }) => !action.startsWith("Describe"))).toEqual([]);
      // The same settings and tags make the deployed guard request it.
      await lab.sweep();
      expect(lab.bus.events.map((event) => event["detail-type"])).toContain("Recreate Requested");
    }));
});

describe("a watcher that does not see the deployments any more", () => {
  const about = () => readings(lab).filter((it) => it.includes("The watch on"));

  it("says so in the channel after ten minutes, once, and there too when it sees them again", () =>
    play(async () => {
      const { look } = watcher();
      addCluster(lab, "orders");
      await create(lab, "orders");
      await look();
      lab.rds.faults.denied.add("DescribeBlueGreenDeployments");
      for (let minute = 0; minute < 15; minute += 1) {
        await expect(look()).rejects.toThrow("not authorized");
        expect(about()).toHaveLength(minute < 10 ? 0 : 1);
        await pass(lab, MINUTE);
      }
      expect(about()[0]).toMatch(
        /^\*The watch on oncall-laptop has seen no deployment since .* UTC: its cards are out of date\*\nUser: .* not authorized/,
      );
      lab.rds.faults.denied.clear();
      await look();
      expect(about()).toEqual([expect.stringMatching(/^\*The watch on oncall-laptop sees the deployments again\*\nIt did not from/)]);
      await look();
      expect(about()).toHaveLength(1);
    }));

  it("says nothing of a look or two that failed, nor where a part alone is not seen", () =>
    play(async () => {
      const { look } = watcher();
      lab.rds.faults.denied.add("DescribeBlueGreenDeployments");
      await expect(look()).rejects.toThrow();
      lab.rds.faults.denied.clear();
      lab.rds.faults.denied.add("DescribeEvents");
      for (let minute = 0; minute < 30; minute += 1) {
        await pass(lab, MINUTE);
        await expect(look()).rejects.toThrow("rds:DescribeEvents");
      }
      expect(about()).toEqual([]);
    }));
});

it("the page of permissions lists what watching asks for, and what it takes to see a guard and to read a secret", () => {
  const page = readFileSync("docs/permissions.md", "utf8");
  const section = page.split(/^## /m).find((it) => it.startsWith("Watching from a terminal\n")) ?? "";
  const listed = [...section.matchAll(/^\| `([\w:]+)` \|/gm)].map(([, action]) => action);
  expect(listed).toEqual([...SIGHTS.map(({ permission }) => permission), "events:DescribeEventBus", "secretsmanager:GetSecretValue"]);
  expect(listed).toContain(DEPLOYMENTS);
});
