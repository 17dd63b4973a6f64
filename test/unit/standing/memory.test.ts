import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/facts/facts.ts";
import { rememberLook } from "../../../src/standing/memory.ts";
import { answered, describedView, IDS_AFTER, IDS_BEFORE, pair, rehearsed } from "../../support/deployments/described.ts";
import { event, factsOf, reportOf } from "../../support/deployments/upgrade.ts";

const NOW = "2026-08-15T10:58:00.000Z";
const before = describedView(rehearsed(), IDS_BEFORE);
const KNOWN = rememberLook({}, before, [], NOW);

describe("the first look", () => {
  it("records who is called what, by resource id", () => {
    expect(KNOWN).toEqual({
      origin: {
        members: [
          { kind: "db", name: "canal-primary", blue: "db-BLUE1", greenName: "canal-primary-green-zyxwvu", green: "db-GREEN1" },
          { kind: "db", name: "canal-reader", blue: "db-BLUE2", greenName: "canal-reader-green-abcdef", green: "db-GREEN2" },
        ],
      },
    });
  });

  it("records green once it is there, and members as RDS lists them, and replaces nothing", () => {
    const young = describedView(rehearsed({ status: "PROVISIONING", members: [pair("canal-primary", undefined)] }), IDS_BEFORE);
    const first = rememberLook({}, young, [], NOW);
    expect(first.origin?.members).toEqual([{ kind: "db", name: "canal-primary", blue: "db-BLUE1" }]);
    expect(rememberLook(first, before, [], NOW)).toEqual(KNOWN);
    const restored = describedView(rehearsed(), { ...IDS_BEFORE, "canal-primary": "db-RESTORED" });
    expect(rememberLook(KNOWN, restored, [], NOW)).toBe(KNOWN);
  });

  it.each([
    ["after a member was switched over", describedView(answered("partly-switched-over"), IDS_AFTER)],
    ["while it is being switched over", describedView(rehearsed({ status: "SWITCHOVER_IN_PROGRESS" }), IDS_BEFORE)],
    ["where green does not bear a name that RDS gives it", describedView(rehearsed({ members: [pair("shop", "shop-b")] }))],
    ["where blue is gone already", describedView(rehearsed({ members: [pair(undefined, "shop-green-abc123", "MISSING_SOURCE")] }))],
  ])("records nobody as production %s", (_, view) => {
    expect(rememberLook({}, view, [], NOW).origin).toBeUndefined();
  });
});

describe("what was switched over", () => {
  it("is remembered by the name that blue bore", () => {
    const after = describedView(answered("partly-switched-over"), IDS_AFTER);
    expect(rememberLook(KNOWN, after, [], NOW).switched).toEqual(["db:canal-primary"]);
    expect(rememberLook({}, after, [], NOW).switched).toEqual(["db:canal-primary"]);
  });

  // The text is AWS's own for RDS-EVENT-0251: RDS User Guide, "Amazon RDS event categories and event messages".
  const completed: Report = reportOf(
    event({
      sourceType: "db-instance",
      sourceIdentifier: "canal-primary",
      message:
        "Switchover from primary canal-primary to canal-primary-green-zyxwvu completed. Renamed canal-primary to canal-primary-old1 and canal-primary-green-zyxwvu to canal-primary.",
    }),
  );

  it("is remembered from RDS's event, though its API does not show it yet", () => {
    expect(rememberLook(KNOWN, before, factsOf([completed]), NOW).switched).toEqual(["db:canal-primary"]);
  });

  it("is not guessed from an event where two members have that name: it does not say which", () => {
    const cluster = "arn:aws:rds:ap-northeast-1:123456789012:cluster:canal-primary";
    const members = [{ source: cluster, target: `${cluster}-green-aaaaaa`, status: "AVAILABLE" }, ...rehearsed().members];
    expect(rememberLook({}, describedView(rehearsed({ members })), factsOf([completed]), NOW).switched).toBeUndefined();
  });
});
