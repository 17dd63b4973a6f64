import { expect, it } from "vitest";
import { stormCard } from "../../../src/messages/slack/storm.ts";
import { textOf } from "../../support/simulation/ports.ts";
import { factsTold } from "./outcome.ts";
import { simulate, UNTROUBLED } from "./simulate.ts";
import { stories } from "./stories.ts";

const story = stories(["degraded"]);
const MANY = 40;

it("a channel that is flooded gets one message about all of it, which is changed in place, and each deployment's own after it", async () => {
  const many = Array.from({ length: MANY }, (_, index) => story("degraded", index + 1));
  const isDdl = (text: string) => text.startsWith("Data definition");
  const at = Date.parse("2024-02-05T12:00:00Z");
  const recordings = many.map(({ events, states }) => ({
    events: events.filter(({ envelope }) => isDdl(envelope.detail.Message)).map((it) => ({ ...it, at })),
    states: states.slice(-1).map((it) => ({ ...it, at: at - 3_600_000 })),
  }));
  const outcome = await simulate(recordings, { ...UNTROUBLED, handlers: 2, sweeps: false }, 30);
  const texts = outcome.outside.told.map(textOf);
  expect(texts.filter((text) => text.includes("news at once"))).toEqual([expect.stringMatching(/^\d\d deployments had news at once: all/)]);
  expect(Object.values(factsTold(outcome)).filter((signals) => signals.includes("replication-degraded"))).toHaveLength(MANY);
  expect(texts.findIndex((text) => text.includes("news at once"))).toBeLessThan(15);
});

it("the message says how many wait of how many, the most urgent ones, and how long their own take", () => {
  const line = { name: "orders-15", severity: "critical" as const, signal: "replication-degraded" as const, at: "2024-02-05T08:40:26Z" };
  const message = stormCard({ waiting: { critical: 300, warning: 12, good: 0, info: 0 }, watched: 1_000, first: [line] });
  expect(message.text).toBe("312 of 1000 deployments have news at once");
  expect(JSON.stringify(message)).toMatch(/\*Critical\* 300 · \*Warning\* 12.*The 1 most urgent.*orders-15.*about 11 min/);
});
