import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../local/clock.ts";
import { recordsInMemory } from "../../../local/records-memory.ts";
import { createRdsChanges } from "../../../src/clients/rds/changes.ts";
import type { Records } from "../../../src/clients/records.ts";
import type { Time } from "../../../src/clients/time.ts";
import { connect, withDescribe, withMetrics, withRunning } from "../../../src/handlers/connect.ts";
import { askAll } from "../../../src/handlers/self-test/asking.ts";
import { recordsAsks } from "../../../src/handlers/self-test/asks.ts";
import { selfTestIn } from "../../../src/handlers/self-test/event.ts";

const ASKED = { selfTest: { id: "0a1b2c3d-4e5f" } };
const POSTING = { selfTest: { ...ASKED.selfTest, post: true } };
const TEXT = JSON.stringify(ASKED);

/** Whatever a way to a function carries, with the text of a self-test in every place that somebody else fills. */
const WAYS: readonly [string, unknown][] = [
  [
    "a message of the queue",
    { Records: [{ messageId: "m", receiptHandle: "r", body: TEXT, attributes: {}, messageAttributes: { selfTest: ASKED } }] },
  ],
  ["an event of a rule", { version: "0", source: "aws.lambda", "detail-type": TEXT, resources: [TEXT], detail: ASKED }],
  ["an operation's rule, which sends the id of a request", { requestId: ASKED }],
  ["an operation's rule, whose id is a text", { requestId: TEXT }],
  ["the schedule", {}],
  [
    "the function URL",
    { version: "2.0", rawPath: "/", headers: { selfTest: TEXT }, body: TEXT, requestContext: { http: { method: "POST" } } },
  ],
  ["the entrance, which hands on what Slack has signed", { body: TEXT }],
  ["a durable function's own envelope", { DurableExecutionArn: "arn", CheckpointToken: "t", InitialExecutionState: {}, ...ASKED }],
];

describe("a self-test", () => {
  it("is what a direct invocation asks for", () => {
    expect(selfTestIn(ASKED)).toEqual({ id: "0a1b2c3d-4e5f", executions: [] });
  });

  it.each(WAYS)("is never asked for by %s", (_, event) => {
    expect(selfTestIn(event)).toBeUndefined();
    const posting = JSON.stringify(event).replaceAll('"0a1b2c3d-4e5f"', '"0a1b2c3d-4e5f","post":true');
    expect(selfTestIn(JSON.parse(posting))).toBeUndefined();
  });

  it("posts only if the invocation says so itself", () => {
    expect(selfTestIn(POSTING)).toEqual({ id: "0a1b2c3d-4e5f", executions: [], post: true });
    expect(selfTestIn({ selfTest: ASKED.selfTest, post: true })).toBeUndefined();
    expect(selfTestIn({ selfTest: { ...ASKED.selfTest, post: "true" } })).toEqual({ id: "0a1b2c3d-4e5f", executions: [] });
  });

  it.each([[null], ["selfTest"], [[ASKED]], [{ selfTest: null }], [{ selfTest: { id: "a b" } }], [{ ...ASKED, requestId: "r" }]])(
    "is not %j",
    (event) => expect(selfTestIn(event)).toBeUndefined(),
  );
});

describe("a self-test of the table", () => {
  /** The same records, whose index shows an item only this long after it was written. */
  function behind(records: Records, ms: number, time: Time): Records {
    const writtenAt = new Map<string, number>();
    return {
      ...records,
      async write(item, open) {
        writtenAt.set(item.key, time.now());
        return records.write(item, open);
      },
      open: async () => (await records.open()).filter(({ key }) => time.now() - (writtenAt.get(key) ?? 0) >= ms),
    };
  }

  async function tested(ms: number) {
    const clock = new VirtualClock(Date.parse("2024-02-05T04:29:00Z"));
    const records = recordsInMemory();
    const asks = recordsAsks(behind(records, ms, clock), "0a1b2c3d", "watch", clock);
    const asked = await clock.work(() => askAll(asks, () => clock.now()));
    return { said: asked.map(({ result, came }) => `${result}: ${came}`), left: await records.open() };
  }

  it("says after how long the index shows what was written, and leaves the index as it was", async () => {
    const { said, left } = await tested(300);
    expect(said[1]).toBe("answered: the index shows a new item after 300 ms");
    expect(said.filter((it) => !it.startsWith("answered"))).toEqual([]);
    expect(left).toEqual([]);
  });

  it("does not know it where the index takes longer than five seconds, and asks the rest all the same", async () => {
    const { said, left } = await tested(60_000);
    expect(said.filter((it) => !it.startsWith("answered"))).toEqual(["unsure: The index does not show a new item within 5 s."]);
    expect(said.length).toBe(5);
    expect(left).toEqual([]);
  });
});

const IMPORT = /^\s*(?:import|export)\s(?!type\s)[^;'"]*?from\s+["'](\.[^"']+)["']/gm;

/** All files of which a file has code, directly or not. */
function reachedFrom(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, from = ""] of readFileSync(file, "utf8").matchAll(IMPORT)) reachedFrom(normalize(join(dirname(file), from)), seen);
  return seen;
}

describe("a self-test has no way to change anything in RDS:", () => {
  it("its code imports nothing that can", () => {
    const reached = [...reachedFrom("src/handlers/self-test/self-test.ts"), ...reachedFrom("src/handlers/self-test/durable.ts")];
    expect(reached).toContain("src/handlers/self-test/asks.ts");
    expect(reached.filter((file) => file.startsWith("src/clients/"))).toEqual([]);
  });

  it.each(["recreate", "switchover"])("the %s function gives it what was connected before the changes were", (name) => {
    const entry = readFileSync(`src/handlers/${name}.lambda.ts`, "utf8");
    expect(entry).toMatch(/const looking = (?!.*withChanges).+;\nconst guard = withChanges\(looking\);/);
    expect(entry).toContain(`withDurableSelfTest("${name}", looking, `);
    expect(entry.match(/withChanges\(/g)?.length).toBe(1);
  });

  it("what was connected before holds no call that changes", () => {
    const aws = { region: "ap-northeast-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } };
    const names = {
      table: "t",
      bus: "b",
      slackSecret: "s",
      slackChannel: "C",
      slackApiUrl: undefined,
      commands: true,
      accountName: undefined,
    };
    const outside = { aws, telemetry: undefined as never, time: { now: Date.now, until: async () => undefined } };
    const looking = withDescribe(withRunning(withMetrics(connect(names, outside))));
    const changes = Object.keys(createRdsChanges(aws));
    expect(changes.length).toBe(4);
    expect(Object.keys(looking.rds).filter((it) => changes.includes(it))).toEqual([]);
  });
});
