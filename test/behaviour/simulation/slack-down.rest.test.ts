import { beforeAll, describe, expect, it } from "vitest";
import { textOf } from "../../support/simulation/ports.ts";
import { factsTold } from "./outcome.ts";
import { type Recording, record, retold } from "./recording.ts";
import { simulate, UNTROUBLED } from "./simulate.ts";

const HOUR = 3_600_000;
let degraded: Recording;
let ready: Recording;
beforeAll(async () => {
  degraded = await record("degraded");
  ready = await record("ready");
});

describe("1,000 signals at once", () => {
  it("go out at one message a second, degraded first", async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => atOnce(index % 20 === 19 ? degraded : ready, index));
    const outcome = await simulate(many, { ...UNTROUBLED, handlers: 2, sweeps: false }, 60);
    const { messages, told: entries } = outcome.outside;
    const gaps = messages.slice(1).map(({ postedAt }, index) => postedAt - (messages[index]?.postedAt ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    const told = Object.values(factsTold(outcome)).map((signals) => signals.join());
    expect(Object.groupBy(told, (signals) => signals)).toEqual({
      "ready,tasks-completed": expect.objectContaining({ length: 950 }),
      "replication-degraded,tasks-completed": expect.objectContaining({ length: 50 }),
    });
    const texts = entries.map(textOf);
    const lastDegraded = texts.findLastIndex((text) => text.includes("Replication is degraded"));
    // Fifty degraded deployments are a card and an entry each; a few others go out while the thousand are still being written down.
    expect(lastDegraded).toBeLessThan(150);
  });
});

/** One recorded deployment of which only its last event comes, all of them at the same time. */
function atOnce(recording: Recording, index: number): Recording {
  const { events, states } = retold(recording, index, 0);
  const at = Date.parse("2024-02-05T12:00:00Z");
  const last = events.find(
    ({ envelope }) => /tasks completed|Data definition/.test(envelope.detail.Message) && wanted(recording, envelope.detail.Message),
  );
  return { events: last ? [{ ...last, at }] : [], states: states.slice(-1).map((state) => ({ ...state, at: at - HOUR })) };
}

function wanted(recording: Recording, message: string): boolean {
  return recording === degraded ? message.startsWith("Data definition") : true;
}
