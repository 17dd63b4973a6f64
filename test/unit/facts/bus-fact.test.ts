import { describe, expect, it } from "vitest";
import { busFactOf, unpublished } from "../../../src/facts/bus-fact.ts";
import { type Fact, withReport } from "../../../src/facts/facts.ts";
import type { Post } from "../../../src/facts/posts.ts";
import { deploymentKey } from "../../../src/facts/record.ts";
import type { LookSignal } from "../../../src/rules/signal-id.ts";
import { OBSERVED } from "../../../src/standing/observed.ts";
import { allTold, factsOf, first, reportOf, second, told } from "../../support/deployments/upgrade.ts";

/** The facts with a signal that a look at `at` showed. */
function shown(signal: LookSignal, at: string, facts: readonly Fact[] = []): readonly Fact[] {
  const meaning = OBSERVED.find(({ id }) => id === signal);
  if (!meaning) throw new Error(`Nothing observed is called "${signal}".`);
  return withReport(facts, meaning, {
    delivery: `api|${at}`,
    source: "look",
    signal,
    at,
    sourceIdentifier: first().id,
    message: "",
    reading: {},
  });
}

const published = (facts: readonly Fact[], posts: readonly Post[] = []) =>
  unpublished({ facts, posts }).map((fact) => {
    const { type, at, detail } = busFactOf(fact, facts, { key: deploymentKey(first().id), deploymentId: first().id }, first());
    return [type, at, detail.message];
  });

const [completed] = told("tasks completed").map((it) => reportOf(it));
const built = factsOf(completed ? [completed] : []);

describe("on the event bus", () => {
  it("a deployment is ready once a look shows it, not when RDS says that green is built", () => {
    expect(published(built)).toEqual([]);
    expect(published(shown("ready", "2024-02-05T07:00:00.000Z"))).toEqual([["Deployment Ready", "2024-02-05T07:00:00.000Z", undefined]]);
  });

  it("it has the time and text of RDS's event where that came within ten minutes, whoever was told of it", () => {
    const at = completed?.at ?? "";
    const later = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();
    for (const { facts, posts } of [{ facts: built, posts: [] }, allTold(built)])
      expect(published(shown("ready", later(10), facts), posts)).toEqual([["Deployment Ready", at, completed?.message]]);
    expect(published(shown("ready", later(11), built))).toEqual([["Deployment Ready", later(11), undefined]]);
  });

  it.each<[LookSignal, string]>([
    ["switched-over", "Switchover Completed"],
    ["partly-switched-over", "Switchover Partly Completed"],
  ])("%s is %s, and RDS's own event of the end is not", (signal, type) => {
    const ended = factsOf(told("Switchover completed").map((it) => reportOf(it, second())));
    expect(published(ended)).toEqual([]);
    expect(published(shown(signal, "2024-02-05T11:45:00.000Z", ended))).toEqual([
      [type, "2024-02-05T11:42:00.000Z", expect.stringMatching(/^Switchover completed on/)],
    ]);
  });

  it("it is degraded by an event or by the API, and then it is not ready; an invalid configuration is neither", () => {
    const ready = shown("ready", "2024-02-05T07:00:00.000Z");
    const degraded = factsOf(
      told("REPLICATION_DEGRADED").map((it) => reportOf(it, first())),
      ready,
    );
    expect(published(degraded).map(([type]) => type)).toEqual(["Deployment Degraded"]);
    expect(published(shown("shown-degraded", "2024-02-05T08:00:00.000Z")).map(([type]) => type)).toEqual(["Deployment Degraded"]);
    expect(published(shown("invalid-configuration", "2024-02-05T08:00:00.000Z"))).toEqual([]);
  });

  it("nothing is published again", () => {
    const facts = shown("ready", "2024-02-05T07:00:00.000Z");
    expect(
      published(
        facts,
        facts.map(({ id }) => ({ of: [id], in: "bus" })),
      ),
    ).toEqual([]);
  });
});
