import { describe, expect, it } from "vitest";
import type { Deployment, Member } from "../../../src/deployments/deployment.ts";
import type { Memory } from "../../../src/facts/memory.ts";
import { rememberLook } from "../../../src/standing/memory.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { answered, describedView, IDS_AFTER, IDS_BEFORE, pair, rehearsed } from "../../support/deployments/described.ts";

const START = Date.parse("2026-08-15T11:00:41.000Z");
const KNOWN = rememberLook({}, describedView(rehearsed(), IDS_BEFORE), [], "2026-08-15T10:58:00.000Z");

/** The rehearsal's deployment after its primary was switched over, with the reader's pair and the status as given. */
function withReader(reader: Member, status = "SWITCHOVER_COMPLETED"): Deployment {
  const partly = answered("partly-switched-over");
  return { ...partly, status, members: [...partly.members.slice(0, 1), reader] };
}

const waiting = pair("canal-reader", "canal-reader-green-abcdef", "AVAILABLE");
const done = pair("canal-reader-old1", "canal-reader", "SWITCHOVER_COMPLETED");

/** The phases of looks at these minutes, each at what it shows then. */
function phases(...looks: [minute: number, deployment: Deployment][]): string[] {
  let memory: Memory = KNOWN;
  return looks.map(([minute, deployment]) => {
    const view = describedView(deployment, IDS_AFTER);
    const now = START + minute * 60_000;
    memory = rememberLook(memory, view, [], new Date(now).toISOString());
    return standingOf({ view, facts: [], memory, now }).phase;
  });
}

describe("a switchover that RDS has ended while a member is left over", () => {
  it("is in part once nothing has changed in three looks over five minutes", () => {
    expect(phases([0, withReader(waiting)], [2, withReader(waiting)], [5, withReader(waiting)])).toEqual([
      "switching-over",
      "switching-over",
      "partly-switched-over",
    ]);
  });

  it("is not in part by two looks, however far apart, nor by many within five minutes", () => {
    expect(phases([0, withReader(waiting)], [60, withReader(waiting)])).toEqual(["switching-over", "switching-over"]);
    expect(phases(...[0, 1, 2, 3, 4].map((minute): [number, Deployment] => [minute, withReader(waiting)])).at(-1)).toBe("switching-over");
  });

  it("is counted anew when anything changes, and while RDS works", () => {
    const moving = withReader({ ...waiting, status: "SWITCHOVER_IN_PROGRESS" });
    expect(phases([0, withReader(waiting)], [3, withReader(waiting)], [6, moving], [7, withReader(waiting)]).at(-1)).toBe("switching-over");
    const working = withReader(waiting, "SWITCHOVER_IN_PROGRESS");
    expect(phases([0, withReader(waiting)], [3, withReader(waiting)], [6, working], [9, withReader(waiting)]).at(-1)).toBe(
      "switching-over",
    );
  });

  it("is in part at once where RDS says that a member's switchover failed, though it still works on another", () => {
    const failed = { ...waiting, status: "SWITCHOVER_FAILED" };
    expect(phases([0, withReader(failed)])).toEqual(["partly-switched-over"]);
    expect(phases([0, withReader(failed, "SWITCHOVER_IN_PROGRESS")])).toEqual(["partly-switched-over"]);
  });

  it("is whole as soon as the member follows, also after it was said to be in part", () => {
    expect(phases([0, withReader(waiting)], [3, withReader(waiting)], [6, withReader(waiting)], [8, withReader(done)])).toEqual([
      "switching-over",
      "switching-over",
      "partly-switched-over",
      "switched-over",
    ]);
  });
});

it("a switchover is over only once RDS says so, though every name has changed hands", () => {
  expect(phases([0, withReader(done, "SWITCHOVER_IN_PROGRESS")], [1, withReader(done)])).toEqual(["switching-over", "switched-over"]);
});

it("a look counts once: the same answer in the same memory changes nothing but the count", () => {
  const view = describedView(withReader(waiting), IDS_AFTER);
  const one = rememberLook(KNOWN, view, [], "2026-08-15T11:01:00.000Z");
  const two = rememberLook(one, view, [], "2026-08-15T11:02:00.000Z");
  expect(two).toEqual({ ...one, looks: { ...one.looks, count: 2 } });
  expect(rememberLook(KNOWN, describedView(rehearsed(), IDS_BEFORE), [], "2026-08-15T11:02:00.000Z")).toBe(KNOWN);
  // Otherwise every sweep would write a record for as long as the deployment exists.
  const three = rememberLook(two, view, [], "2026-08-15T11:07:00.000Z");
  expect(rememberLook(three, view, [], "2026-08-15T11:12:00.000Z")).toBe(three);
});

it("RDS is switching over as soon as it says so of a member, and then nobody is advised to delete green", () => {
  const [primary, ...others] = rehearsed().members;
  const members = [{ ...primary, status: "SWITCHOVER_IN_PROGRESS" }, ...others];
  for (const deployment of [rehearsed({ members }), rehearsed({ status: "SWITCHOVER_IN_PROGRESS" })]) {
    const standing = standingOf({ view: describedView(deployment, IDS_BEFORE), facts: [], memory: KNOWN });
    expect(standing).toMatchObject({ phase: "switching-over", production: "blue", mayDeleteGreen: false, offers: [] });
  }
});
