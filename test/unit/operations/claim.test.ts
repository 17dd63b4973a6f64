import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { type BlueItem, blueKey, release } from "../../../src/operations/claim.ts";
import { type Asked, newRequest, type OperationRequest, requestKey, VALID_MS } from "../../../src/operations/request.ts";
import { amendRequest, cancelRequest } from "../../../src/operations/requests.ts";
import type { Reason } from "../../../src/operations/says/reasons.ts";
import { beginChange, mayGoOn, StoppedError, storedRequest, takeRequest } from "../../../src/operations/use-request.ts";
import { Killed, Outside, Run } from "../../support/simulation/ports.ts";

const SOMEBODY = { name: "somebody" };
const ENDED = "2024-02-05T06:05:00.000Z";

const START = Date.parse("2024-02-05T06:00:00Z");
const BLUE = "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ASKED: Asked = {
  operation: "recreate",
  deploymentId: "bgd-hy5ntvomddiv89r8",
  deploymentName: "blue-green",
  blue: BLUE,
  requestedBy: { name: "arn:aws:iam::123456789012:user/oncall" },
  via: "terminal",
  stateHash: "0123456789abcdef",
  approved: true,
};

let outside: Outside;
let running: Set<string>;
let now: number;
beforeEach(() => {
  outside = new Outside(START, () => ({ deployments: [], databases: [] }));
  running = new Set();
  now = START;
});

const ports = (records = outside.records()) => ({
  records,
  isRunning: async (execution: string) => running.has(execution),
  now: () => now,
});
const claimed = (requestId: string, execution: string, records = outside.records()) => takeRequest(requestId, execution, ports(records));
const ask = (id: string, changes: Partial<OperationRequest> = {}) =>
  outside.records().write({ ...newRequest(id, ASKED, START), ...changes });
const holder = async () => (await outside.records().read<BlueItem>(blueKey(BLUE)))?.claim?.owner;

describe("a request", () => {
  it("is used by the first execution that comes, which may come again", async () => {
    await ask("r1");
    expect(await claimed("r1", "e1")).toMatchObject({ result: "ours", request: { usedBy: "e1" } });
    expect(await claimed("r1", "e1")).toMatchObject({ result: "ours" });
    expect(await holder()).toBe("e1");
  });

  it("that is started a second time while the first runs is a duplicate, and after it has ended too", async () => {
    await ask("r1");
    await claimed("r1", "e1");
    expect(await claimed("r1", "e2")).toEqual({ result: "duplicate" });
    await release(BLUE, "e1", outside.records());
    expect(await claimed("r1", "e2")).toEqual({ result: "duplicate" });
    expect(await holder()).toBeUndefined();
  });

  it("that nobody has written is refused, and claims nothing", async () => {
    expect(await claimed("forged", "e1")).toEqual({
      result: "refused",
      reason: { code: "no-such-request", requestId: "forged" },
    });
    expect(outside.items.size).toBe(0);
  });

  it.each<[Partial<OperationRequest>, Reason]>([
    [{ approved: false }, { code: "not-approved" }],
    [{ cancelled: { by: SOMEBODY, at: "2024-02-05T06:01:00.000Z" } }, { code: "request-cancelled", by: SOMEBODY }],
    [{ validUntil: new Date(START).toISOString() }, { code: "request-lapsed", validUntil: new Date(START).toISOString() }],
  ])("with %j is refused and stays unused", async (changes, reason) => {
    await ask("r1", changes);
    expect(await claimed("r1", "e1")).toEqual({ result: "refused", reason });
    expect((await outside.records().read<OperationRequest>(requestKey("r1")))?.usedBy).toBeUndefined();
    expect(await holder()).toBeUndefined();
  });

  it("that was begun in time goes on after its time", async () => {
    await ask("r1");
    await claimed("r1", "e1");
    now += 2 * VALID_MS;
    expect(await claimed("r1", "e1")).toMatchObject({ result: "ours" });
  });
});

describe("a blue database", () => {
  it("that another operation works on is left to it, and the reason says which", async () => {
    await ask("r1");
    await ask("r2");
    running.add("e1");
    await claimed("r1", "e1");
    expect(await claimed("r2", "e2")).toEqual({
      result: "refused",
      reason: { code: "at-work", since: "2024-02-05T06:00:00.000Z", operation: "recreate", owner: "e1" },
    });
    expect(await holder()).toBe("e1");
  });

  it("whose operation died is taken over", async () => {
    await ask("r1");
    await ask("r2");
    await claimed("r1", "e1");
    expect(await claimed("r2", "e2")).toMatchObject({ result: "ours" });
    expect(await holder()).toBe("e2");
  });

  it("is not let go by whoever has lost it", async () => {
    await ask("r1");
    await ask("r2");
    await claimed("r1", "e1");
    await claimed("r2", "e2");
    await release(BLUE, "e1", outside.records());
    expect(await holder()).toBe("e2");
  });
});

const goesOn = async (id: string) => mayGoOn(await storedRequest(id, outside.records()), "e1", outside.records());

describe("before a change an operation", () => {
  it("goes on while it holds its claim", async () => {
    await ask("r1");
    await claimed("r1", "e1");
    await expect(goesOn("r1")).resolves.toBeUndefined();
  });

  it("stops where its claim was taken over", async () => {
    await ask("r1");
    await ask("r2");
    await claimed("r1", "e1");
    await claimed("r2", "e2");
    await expect(goesOn("r1")).rejects.toThrow(new StoppedError({ code: "claim-lost", owner: "e2" }));
  });

  it("stops where somebody has cancelled it", async () => {
    await ask("r1", { cancelled: { by: SOMEBODY, at: "2024-02-05T06:01:00.000Z" } });
    await expect(goesOn("r1")).rejects.toMatchObject({ reason: { code: "cancelled", by: SOMEBODY, at: "2024-02-05T06:01:00.000Z" } });
  });
});

describe("an execution that hung while its operation was gone on with in another one", () => {
  // The policy's request takes its claim late, so that the first execution's is still there.
  it.each<[string, Partial<OperationRequest>, Reason]>([
    ["is at it", {}, { code: "carried-out-by", execution: "e2" }],
    ["has ended it", { outcome: { result: "failed", said: { code: "nothing-changed" }, at: ENDED } }, { code: "ended-already", at: ENDED }],
  ])("makes no change while that one %s, though it still holds its claim", async (_case, state, reason) => {
    await ask("r1");
    await claimed("r1", "e1");
    await amendRequest(outside.records(), "r1", (it) => ({ ...it, usedBy: "e2", ...state }));
    await expect(goesOn("r1")).rejects.toMatchObject({ reason });
    await expect(beginChange("r1", "e1", (it) => ({ ...it, creationBegunAt: "now" }), outside.records())).rejects.toMatchObject({ reason });
    expect(await outside.records().read(requestKey("r1"))).not.toHaveProperty("creationBegunAt");
  });
});

describe("a change that begins", () => {
  it("is written down, and is not where somebody has cancelled it since it was looked at", async () => {
    await ask("r1");
    await claimed("r1", "e1");
    const begin = (deletionBegunAt: string) => beginChange("r1", "e1", (it) => ({ ...it, deletionBegunAt }), outside.records());
    expect(await begin("first")).toMatchObject({ deletionBegunAt: "first" });
    await cancelRequest(outside.records(), "r1", { name: "oncall" }, now);
    await expect(begin("second")).rejects.toMatchObject({
      reason: { code: "cancelled", by: { name: "oncall" }, at: "2024-02-05T06:00:00.000Z" },
    });
    expect(await outside.records().read(requestKey("r1"))).toMatchObject({ deletionBegunAt: "first" });
  });
});

describe("an execution that is killed before or after any of its calls and starts again", () => {
  it.each(["before", "after"] as const)("has its request and its claim, or goes on without another's: %s", async (when) => {
    for (let call = 0; ; call += 1) {
      outside = new Outside(START, () => ({ deployments: [], databases: [] }));
      await ask("r1");
      const run = new Run({ call, when }, async () => undefined);
      const first = await claimed("r1", "e1", run.through(outside.records())).catch((error: unknown) => error);
      if (!run.killed) break;
      expect(first).toBeInstanceOf(Killed);
      expect(await claimed("r1", "e1")).toMatchObject({ result: "ours" });
      expect(await holder()).toBe("e1");
    }
  });

  it("is one of any number, of which one at a time holds the database", async () => {
    const execution = fc.record({
      request: fc.nat(3),
      kills: fc.array(fc.record({ call: fc.nat(8), when: fc.constantFrom("before" as const, "after" as const) }), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(execution, { minLength: 2, maxLength: 6 }), fc.infiniteStream(fc.nat(3)), async (executions, turns) => {
        outside = new Outside(START, () => ({ deployments: [], databases: [] }));
        running = new Set(executions.map((_, index) => `e${index}`));
        for (const id of [0, 1, 2, 3]) await ask(`r${id}`);
        let holding = 0;
        const used = new Map<string, string>();
        const pause = async () => {
          for (let turn = turns.next().value ?? 0; turn > 0; turn -= 1) await Promise.resolve();
        };
        const works = executions.map(async ({ request, kills }, index) => {
          const name = `e${index}`;
          for (const kill of [...kills, undefined]) {
            const records = new Run(kill, pause).through(outside.records());
            try {
              const { result } = await claimed(`r${request}`, name, records);
              if (result !== "ours") return;
              expect(used.get(`r${request}`) ?? name).toBe(name);
              used.set(`r${request}`, name);
              holding += 1;
              expect(holding).toBe(1);
              await pause();
              holding -= 1;
              await release(BLUE, name, outside.records());
              return;
            } catch (error) {
              if (!(error instanceof Killed)) throw error;
            }
          }
        });
        await Promise.all(works.map((work, index) => work.finally(() => running.delete(`e${index}`))));
        expect(await holder()).toBeUndefined();
      }),
    );
  });
});
