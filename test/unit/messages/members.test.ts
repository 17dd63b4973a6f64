import { describe, expect, it } from "vitest";
import type { Deployment, DeploymentView } from "../../../src/deployments/deployment.ts";
import { remaining, wayBack } from "../../../src/messages/en/advice/after-switchover.ts";
import { slackForm } from "../../../src/messages/slack/form.ts";
import { notice } from "../../../src/messages/slack/notice.ts";
import { rememberLook } from "../../../src/standing/memory.ts";
import { type Standing, standingOf } from "../../../src/standing/standing.ts";
import { answered, db, describedView, IDS_AFTER, IDS_BEFORE, pair, rehearsed } from "../../support/deployments/described.ts";
import { event } from "../../support/deployments/upgrade.ts";
import { announced, cardText, entryText, having, problemsOf } from "./sent.ts";

const AS = slackForm(false);

const NOW = "2026-08-15T11:00:41.000Z";
const VERSIONS = { "canal-primary": { engineVersion: "8.4.10" }, "canal-reader-green-abcdef": { engineVersion: "8.4.10" } };
const KNOWN = rememberLook({}, describedView(rehearsed(), IDS_BEFORE), [], NOW);
const afterwards = (changes: Partial<Deployment> = {}): DeploymentView =>
  describedView(answered("partly-switched-over", changes), IDS_AFTER, VERSIONS);
const stand = (view: DeploymentView): Standing =>
  standingOf({ view, facts: [], memory: rememberLook(KNOWN, view, [], NOW), now: Date.parse(NOW) });

/** RDS's own events of the rehearsal's end. */
const ended = [
  event({
    sourceType: "db-instance",
    sourceIdentifier: "canal-primary",
    message:
      "Switchover from primary canal-primary to canal-primary-green-zyxwvu completed. Renamed canal-primary to canal-primary-old1 and canal-primary-green-zyxwvu to canal-primary.",
    date: "2026-08-15T11:00:40.000Z",
  }),
  event({
    sourceType: "blue-green-deployment",
    sourceIdentifier: "bgd-canal00000000001",
    message: "Switchover completed on blue/green deployment canal-rehearsal-bg.",
    date: NOW,
  }),
];

describe("of a switchover that RDS made of a part", () => {
  const view = afterwards();
  const entry = { ...announced("partly-switched-over", ended, view), deployment: stand(view) };

  it("the thread says which name still leads to old data, and what to do now", () => {
    expect(problemsOf(notice(entry))).toEqual([]);
    expect(entryText(entry).split("\n")).toEqual([
      "🔴 *canal-rehearsal-bg: Partly switched over. Some names still lead to old data. Act now.*",
      "123456789012 · ap-northeast-1 · instance `canal-primary` · mysql 8.0.42 → 8.4.10 · Blue · Green · RDS console · Events",
      "`canal-reader` was *not* switched over: what reads there sees blue's old data.",
      "1. Point it at a database that was switched over, and create what is missing anew from the new production.",
      "2. Delete nothing, blue or green, until no name leads to it. Nothing renames the databases back.",
      "*More about “Partly switched over”*",
      "• `canal-reader` was *not* switched over (SWITCHOVER_FAILED): the name still leads to blue's database mysql 8.0.42. Green's is still called `canal-reader-green-abcdef`.",
      "• `canal-primary` is switched over: the name leads to mysql 8.4.10 now.",
      expect.stringMatching(/^2026-08-15 11:00 UTC · reported by /),
    ]);
  });

  it("the card says the same, critical, with nothing to press, and calls neither side production", () => {
    const text = cardText(stand(view), true);
    expect(text).toContain("canal-rehearsal-bg · Partly switched over: 1 of 2");
    expect(text).toContain("*Source (blue before the switchover)*\n`canal-primary-old1`");
    expect(text).toContain("• `canal-reader` was *not* switched over");
    expect(text).toMatch(/^🔴 /);
    expect(text).not.toMatch(/production now|Delete old blue|To go back|Switch over…|Recreate…|\/bluegreen/);
  });

  it("nothing is deleted and nothing renamed back", () => {
    expect(wayBack({ reading: {}, deployment: stand(view) }, AS)).toEqual([]);
    expect(entryText(entry)).not.toMatch(/Delete old blue|Rename/);
  });

  it("RDS's own word for the end says no more than that, where it has an entry of its own", () => {
    const own = having(ended, view.deployment).entry;
    const text = entryText({ ...own, deployment: stand(view) });
    expect(text).toMatch(/^\*RDS has ended the switchover\*\nRDS says that the switchover is completed\. Not every member is\.\n/);
  });

  it.each(["SWITCHOVER_FAILED", "INVALID_CONFIGURATION"])("the same is said where RDS says %s", (status) => {
    expect(cardText(stand(afterwards({ status })), true)).toContain("canal-rehearsal-bg · Partly switched over: 1 of 2");
  });

  it("a member whose green is gone is named, too", () => {
    const [primary] = view.deployment.members;
    const members = [...(primary ? [primary] : []), { source: db("canal-reader"), status: "MISSING_TARGET" }];
    expect(cardText(stand(afterwards({ members })))).toContain("• `canal-reader` was *not* switched over (MISSING_TARGET)");
  });

  it("a member that RDS cancelled is not told as a switchover that was rolled back", () => {
    const cancelled = event({
      sourceType: "db-instance",
      sourceIdentifier: "canal-reader",
      message: "Switchover from read replica canal-reader to canal-reader-green-abcdef was canceled due to replica lag.",
    });
    const text = entryText({ ...having([cancelled], view.deployment).entry, deployment: stand(view) });
    expect(text).toMatch(
      /\*canal-rehearsal-bg: Switchover of a member cancelled\. Some names still lead to old data\. Act now\.\*\n.*\nRDS cancelled the switchover of a member\. Others are switched over: see the card\./,
    );
    expect(text).not.toMatch(/nothing has changed|still production|switch over again/);
  });
});

// The readers follow the writer by 40 seconds and more: sysown/proxysql, issues 5861 and 5934.
describe("while members follow one after the other", () => {
  const [primary] = answered("partly-switched-over").members;
  const rest = [pair("canal-reader", "canal-reader-green-abcdef"), pair("canal-r2", "canal-r2-green-bcdefg")];
  const view = afterwards({
    status: "SWITCHOVER_IN_PROGRESS",
    statusDetails: undefined,
    members: [...(primary ? [primary] : []), ...rest],
  });

  it("thread and card count them, and no way back is told", () => {
    const text = entryText({ ...having(ended, view.deployment).entry, deployment: stand(view) });
    expect(text).toMatch(
      /^\*Switching over: 1 of 3 switched over\*\nRDS has switched over a part: 1 of 3 switched over\. The rest follows/,
    );
    expect(text).not.toMatch(/To go back|Delete old blue/);
    const shown = cardText(stand(view));
    expect(shown).toContain("canal-rehearsal-bg · Switching over: 1 of 3 switched over");
    expect(shown).toContain("• `canal-r2` is not switched over yet (AVAILABLE)");
    expect(shown).toContain("Wait: 1 of 3 are switched over, and RDS switches over the rest one after the other. Change nothing by hand.");
  });

  it("a word of RDS that its API does not show yet is told as such", () => {
    const before = describedView(rehearsed(), IDS_BEFORE);
    const own = having(ended.slice(1), before.deployment).entry;
    expect(entryText({ ...own, deployment: stand(before) })).toContain(
      "RDS says that it has completed the switchover. Its API does not show that of any member yet.",
    );
  });
});

describe("once every member is switched over", () => {
  const whole = answered("aurora-mysql-switched-over");
  const before = describedView(answered("aurora-mysql-available"));
  const view = describedView(whole);
  const deployment = standingOf({ view, facts: [], memory: rememberLook(rememberLook({}, before, [], NOW), view, [], NOW) });

  // Each replica's -old1 was left behind and billed: hashicorp/terraform-provider-aws, issue 33702.
  it("every database of old blue is named for deletion, and no endpoint", () => {
    const text = remaining({ reading: {}, deployment }, AS).join("\n");
    expect(text).toContain(
      "• Delete old blue `my-aurora-mysql-cluster-old1` with `my-aurora-mysql-cluster-1-old1`, `my-aurora-mysql-cluster-2-old1`, `my-aurora-mysql-cluster-3-old1` when it is no longer needed",
    );
    expect(text).not.toContain("endpoint");
  });

  it("the way back renames databases, and creates custom endpoints anew: RDS cannot rename one", () => {
    const text = wayBack({ reading: {}, deployment }, AS).join("\n");
    expect(text).toContain("3. Rename `my-aurora-mysql-cluster-old1` to `my-aurora-mysql-cluster`, `my-aurora-mysql-cluster-1-old1` to");
    expect(text).toContain("4. Custom endpoints cannot be renamed: create `my-excluded-member-endpoint`, `my-reader-endpoint` anew");
  });

  it("no way back is told while it is not known that green is production", () => {
    expect(wayBack({ reading: {}, deployment: { ...deployment, production: "unknown" } }, AS)).toEqual([]);
  });

  it("old blue that is gone is not named for deletion", () => {
    const gone = { ...view, databases: view.databases.filter(({ identifier }) => !identifier.endsWith("-old1")) };
    const cleaned = standingOf({ view: gone, facts: [], memory: rememberLook({}, before, [], NOW) });
    expect(remaining({ reading: {}, deployment: cleaned }, AS).join("\n")).not.toContain("• Delete old blue");
  });
});

describe("while it is not known which side is production", () => {
  const renamed = describedView(rehearsed({ status: "INVALID_CONFIGURATION", members: [pair("shop", "shop-next")] }));

  it("the card calls neither so, and says to delete nothing", () => {
    const text = cardText(standingOf({ view: renamed, facts: [] }), true);
    expect(text).toContain("*Source (it is not known which side is production)*");
    expect(text).toContain("Delete nothing: it is not known which side is production.");
    expect(text).not.toMatch(/recreate|create it again/i);
  });

  it("no entry in the thread advises to delete green", () => {
    const messages = ["Creation of blue/green deployment failed because of a reason.", "Replication has been degraded."];
    for (const message of messages) {
      const sourceType = message.startsWith("Creation") ? "blue-green-deployment" : "db-instance";
      const { entry } = having([event({ sourceType, sourceIdentifier: "shop-next", message })], renamed.deployment);
      expect(entryText({ ...entry, deployment: standingOf({ view: renamed, facts: [] }) })).not.toMatch(/delete the deployment/i);
    }
  });
});

describe("of a deployment that is deleted while a name still leads to blue", () => {
  const view = afterwards();
  const memory = rememberLook(KNOWN, view, [], NOW);

  it("a card does not say that new blue is production, and deletes nothing", () => {
    const deleting = { ...view, deployment: { ...view.deployment, status: "DELETING" } };
    const text = cardText(standingOf({ view: deleting, facts: [], memory }));
    expect(text).toContain("1 of 2 are switched over. Delete nothing, blue or green, until no name leads to it.");
    expect(text).not.toContain("new blue stays production");
  });

  it("the last card names what still reads old data", () => {
    const gone = standingOf({ view, exists: false, facts: [], memory, left: view.databases });
    const text = cardText(gone);
    expect(text).toContain("`canal-reader` was *not* switched over: what reads there sees blue's old data");
    expect(text).toMatch(/^🟠 /);
  });
});
