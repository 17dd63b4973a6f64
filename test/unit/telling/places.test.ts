import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "../../../src/facts/facts.ts";
import { type DeploymentRecord, newRecord } from "../../../src/facts/record.ts";
import type { Severity } from "../../../src/rules/rule.ts";
import { CHANNEL_TAG, notesOf, placed, placesOf } from "../../../src/telling/places.ts";
import { databasesOf, first } from "../../support/deployments/upgrade.ts";

const DEFAULT = "C0DEFAULT1";
const ORDERS = "C0ORDERS01";
const PAY = "C0PAYMENT1";
const slack = { channel: DEFAULT };
const channels = [`orders-*=${ORDERS}`, `pay-?=${PAY}`, `*-test=${ORDERS}`];
const places = placesOf({ slack, channels });

/** A record of the deployment of that name, with facts that are not told yet. */
function recordOf(name: string, tags: Record<string, string>, facts: readonly Fact[]): DeploymentRecord {
  const deployment = { ...first(), name, tags };
  return { ...newRecord("deployment#bgd-1"), seen: { deployment, databases: databasesOf(first()) }, facts };
}

function fact(severity: Severity, announce: boolean, dest = ["slack"]): Fact {
  const signal = "shown-error";
  const report = { delivery: severity, source: "look" as const, signal, at: "", sourceIdentifier: "", message: "", reading: {} } as const;
  return { id: `${severity}|${announce}`, signal, severity, announce, once: false, reports: [report], dest };
}

const destsOf = (record: DeploymentRecord) => record.facts.map(({ dest }) => dest);

describe("the channel of a deployment", () => {
  it.each([
    ["orders-15", {}, ORDERS],
    ["Orders-15", {}, DEFAULT],
    ["reorders-15", {}, DEFAULT],
    ["pay-1", {}, PAY],
    ["pay-12", {}, DEFAULT],
    ["pay-test", {}, ORDERS],
    ["orders-15", { [CHANNEL_TAG]: PAY }, PAY],
    ["orders-15", { [CHANNEL_TAG]: DEFAULT }, DEFAULT],
    ["orders-15", { [CHANNEL_TAG]: "C0ELSEWHERE" }, ORDERS],
  ])("of the name %s with the tags %j is %s", (name, tags, channel) => {
    expect(places.of({ name, tags })).toBe(channel);
  });

  it("is the one of the first pattern that matches, and the default one where none is set", () => {
    expect(placesOf({ slack, channels: [`orders-15=${PAY}`, ...channels] }).of({ name: "orders-15", tags: {} })).toBe(PAY);
    expect(placesOf({ slack }).of({ name: "orders-15", tags: { [CHANNEL_TAG]: PAY } })).toBe(DEFAULT);
  });

  it("that a tag names and no setting lists is said on the card", () => {
    expect(notesOf(recordOf("orders-15", { [CHANNEL_TAG]: "C0ELSEWHERE" }, []), places)).toEqual({
      ignored: { tag: CHANNEL_TAG, value: "C0ELSEWHERE" },
    });
    expect(notesOf(recordOf("orders-15", { [CHANNEL_TAG]: PAY }, []), places)).toEqual({});
  });
});

describe("where a fact is told", () => {
  it.each<[Severity, boolean, string[]]>([
    ["critical", true, [ORDERS, DEFAULT]],
    ["warning", true, [ORDERS, DEFAULT]],
    ["good", true, [ORDERS]],
    ["info", true, [ORDERS]],
    ["critical", false, [ORDERS]],
  ])("follows from its severity (%s) and from whether it is announced (%s)", (severity, announce, dest) => {
    expect(destsOf(placed(recordOf("orders-15", {}, [fact(severity, announce)]), places))).toEqual([dest]);
    expect(destsOf(placed(recordOf("other", {}, [fact(severity, announce)]), places))).toEqual([[DEFAULT]]);
  });

  it("is the default channel where no deployment was found", () => {
    const record = { ...newRecord("database#orders"), facts: [fact("critical", true)] };
    expect(destsOf(placed(record, places))).toEqual([[DEFAULT]]);
  });

  it("keeps the bus beside the channels", () => {
    expect(destsOf(placed(recordOf("orders-15", {}, [fact("critical", true, ["slack", "bus"])]), places))).toEqual([
      [ORDERS, DEFAULT, "bus"],
    ]);
  });

  it("is decided once: no setting and no tag that changes moves it, and what comes later goes to the new channel", () => {
    const setting = fc.record({
      channels: fc.subarray(channels),
      byDefault: fc.constantFrom(DEFAULT, PAY),
      tag: fc.constantFrom(ORDERS, PAY, "C0X"),
    });
    fc.assert(
      fc.property(fc.array(setting, { minLength: 1, maxLength: 5 }), (settings) => {
        let record = placed(recordOf("orders-15", {}, [fact("critical", true), fact("info", false)]), places);
        const before = destsOf(record);
        for (const { channels: list, byDefault, tag } of settings) {
          const now = placesOf({ slack: { channel: byDefault }, channels: list });
          const { databases } = record.seen ?? { databases: [] };
          const seen = { deployment: { ...first(), name: "orders-15", tags: { [CHANNEL_TAG]: tag } }, databases };
          record = placed({ ...record, seen, facts: [...record.facts, fact("info", false)] }, now);
          expect(destsOf(record).at(-1)).toEqual([now.of(seen.deployment)]);
          expect(placed(record, now)).toBe(record);
        }
        expect(destsOf(record).slice(0, 2)).toEqual(before);
      }),
    );
  });
});

describe("a channel that refuses for good", () => {
  const posted = (made: string | undefined) => ({ of: ["info|false"], in: ORDERS, ts: "1.1", made });

  it("leaves what it has not taken, and what comes later, to the default channel, and loses the card", () => {
    const before = placed(recordOf("orders-15", {}, [fact("critical", true), fact("info", false)]), places);
    const card = { of: "card" as const, in: ORDERS, ts: "1.0", made: "" };
    const fallen = placed({ ...before, posts: [card], fallen: { [ORDERS]: "not_in_channel" } }, places);
    expect(destsOf(fallen)).toEqual([[DEFAULT], [DEFAULT]]);
    expect(fallen).toMatchObject({ home: DEFAULT, posts: [], refresh: true });
    expect(destsOf(placed({ ...fallen, facts: [fact("warning", true)] }, places))).toEqual([[DEFAULT]]);
    expect(notesOf(fallen, places)).toEqual({ refused: { channel: ORDERS, why: "not_in_channel" } });
  });

  it("keeps what it has taken, until that is to be changed", () => {
    const before = placed(recordOf("orders-15", {}, [fact("info", false)]), places);
    const fallen = { ...before, fallen: { [ORDERS]: "is_archived" } };
    expect(destsOf(placed({ ...fallen, posts: [posted("another state")] }, places))).toEqual([[DEFAULT]]);
    expect(placed({ ...fallen, posts: [posted(undefined)] }, places).posts).toEqual([]);
  });

  it("counts no more once it is the default one, or another one is set", () => {
    const fallen = { ...recordOf("orders-15", {}, [fact("info", false)]), fallen: { [ORDERS]: "is_archived" } };
    expect(placed(fallen, placesOf({ slack: { channel: ORDERS } })).home).toBe(ORDERS);
    expect(placed(fallen, placesOf({ slack, channels: [`orders-*=${PAY}`] })).home).toBe(PAY);
  });
});
