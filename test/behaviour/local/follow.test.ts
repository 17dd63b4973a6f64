import { expect, it, onTestFinished, vi } from "vitest";
import { follow } from "../../../local/cli/operations/follow.ts";
import type { Guard } from "../../../local/cli/operations/guard.ts";
import type { Place } from "../../../local/cli/operations/place.ts";
import { recordsInMemory } from "../../../local/records-memory.ts";
import { newRequest } from "../../../src/operations/request.ts";
import { amendRequest, writeRequest } from "../../../src/operations/requests.ts";

const ID = "r1";
const ASKED = {
  operation: "recreate",
  deploymentId: "bgd-1",
  deploymentName: "orders-15",
  blue: "cluster-A",
  requestedBy: { name: "oncall" },
  via: "terminal",
  stateHash: "0",
  approved: true,
} as const;

it("an operation whose execution is not in the state folder is not followed for ever", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const records = recordsInMemory();
  await writeRequest(records, newRequest(ID, ASKED, Date.now()));
  await amendRequest(records, ID, (it) => ({ ...it, usedBy: "arn:somebody-else" }));
  const said: string[] = [];
  const guard = {
    isHere: true,
    records,
    isRunning: async () => false,
    // Every look takes 16 seconds.
    hear: async () => void vi.setSystemTime(Date.now() + 16_000),
    ended: async () => undefined,
  } as Partial<Guard> as Guard;
  const place = { now: Date.now } as Partial<Place> as Place;
  const terminal = {
    say: (text: string) => void said.push(text),
    tell: () => undefined,
    pulse: () => undefined,
    canAsk: false,
    confirms: async () => false,
  };
  expect(await follow(ID, guard, place, terminal as never)).toEqual({ outcome: "failed", deployment: undefined });
  expect(said).toEqual([expect.stringMatching(/^FAILED\. {2}Nobody works on it: what it runs in is not in this state folder\./)]);
});
