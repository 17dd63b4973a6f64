import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isObject } from "../../../lab/slack/block-schema.ts";
import { whereOf } from "../../../src/messages/en/on-call.ts";
import { titleOf } from "../../../src/messages/en/standing/title.ts";
import { card, MOST_LINES } from "../../../src/messages/slack/card.ts";
import { digest } from "../../../src/messages/slack/digest.ts";
import { slackForm } from "../../../src/messages/slack/form.ts";
import type { Message } from "../../../src/messages/slack/message.ts";
import { notice } from "../../../src/messages/slack/notice.ts";
import type { Judged } from "../../../src/standing/judged.ts";
import type { Phase } from "../../../src/standing/phase.ts";
import { severityOf, urgencyOf } from "../../../src/standing/severity.ts";
import { type Standing, standingOf } from "../../../src/standing/standing.ts";
import { viewOf } from "../../support/deployments/recreating.ts";
import { databasesOf, first, told } from "../../support/deployments/upgrade.ts";
import { hostile, longestOf, summaries, threadEntries } from "./hostile.ts";
import { having, readable } from "./sent.ts";

const PAGE = readFileSync("docs/on-call.md", "utf8");
const READY = standingOf({ view: viewOf(), facts: [] });

/** The lines that a reader sees of a message, besides its buttons. */
function linesOf({ blocks, attachments }: Message): string[] {
  const texts = [blocks, ...attachments.map((it) => it.blocks)].flatMap((all) => textsIn(all));
  return texts.flatMap((text) => text.split("\n"));
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isObject(value) || value["type"] === "actions") return [];
  return typeof value["text"] === "string" ? [value["text"]] : Object.values(value).flatMap(textsIn);
}

/** A standing of a phase, as far as its sign depends on it. */
function standingIn(phase: Phase, changes: Partial<Judged> = {}): Standing {
  const judged = { ...READY, phase, ...changes };
  return { ...judged, severity: severityOf(judged), urgency: urgencyOf(judged) };
}

const heals = (does: boolean) => [{ code: "database" as const, name: "x", status: "storage-full", heals: does }];
/** The rows of the page's table of states. */
const STATES: Record<string, Standing> = {
  "Building green": standingIn("provisioning"),
  "Built, not ready yet, and it heals": standingIn("waiting", { obstacles: heals(true) }),
  "Built, not ready yet, and it does not heal": standingIn("waiting", { obstacles: heals(false) }),
  "Ready to switch over": standingIn("ready"),
  Degraded: standingIn("degraded"),
  "Being created again": standingIn("recreating"),
  "Switching over": standingIn("switching-over"),
  "Switched over": standingIn("switched-over", { production: "green" }),
  "Partly switched over": standingIn("partly-switched-over", { production: "mixed" }),
  "Failed, and blue is production": standingIn("failed"),
  "Failed, and it is not known which side is production": standingIn("failed", { production: "unknown" }),
  Deleted: standingIn("deleted", { exists: false }),
  "In a status that the guard does not know": standingIn("unknown"),
};

describe("a message in the channel", () => {
  it.each([
    ["hostile", hostile],
    ["as long as can be", longestOf],
  ])("has at most six lines besides its buttons, where names and texts are %s", (_, of) => {
    const entries = threadEntries(of).map((it) => ({ ...it, announce: true }));
    const inChannel = entries.filter(({ deployment }) => deployment !== undefined);
    const messages = fc.oneof(
      summaries(of).map((it) => card(it, true)),
      inChannel.map((it) => notice(it, true)),
      fc.array(inChannel, { minLength: 2, maxLength: 8 }).map((it) => digest(it)),
    );
    fc.assert(
      fc.property(messages, (message) => {
        expect(linesOf(message).length).toBeLessThanOrEqual(MOST_LINES);
      }),
      { numRuns: 400 },
    );
  });

  it("begins with what happened and whether production suffers, as its notification does, then says where", () => {
    const { entry, summary } = having(told("REPLICATION_DEGRADED"));
    const FIRST =
      "🟠 blue-green: Replication is degraded. The upgrade is blocked. Production is not affected, so this can wait until morning.";
    const [line, where] = readable(notice(entry)).split("\n");
    expect([line?.replaceAll("*", ""), notice(entry).text]).toEqual([FIRST, FIRST]);
    expect(where).toMatch(/^123456789012 · ap-northeast-1 · cluster `db-cluster` · aurora-postgresql 14\.10 → 15\.5 · /);
    const [heading, impact, below] = readable(card(summary)).split("\n");
    expect(heading).toBe("🟠 blue-green · Degraded: cannot be switched over");
    expect(impact).toBe("*The upgrade is blocked. Production is not affected, so this can wait until morning.*");
    expect(below).toBe(where);
    expect(card(summary).text).toBe(`${heading?.replace(" · ", ": ")}. ${impact?.replaceAll("*", "")}`);
  });

  it("calls the account by its people's name, with its id", () => {
    expect(whereOf(READY, slackForm(true, "prod"))).toMatch(/^prod \(123456789012\) · ap-northeast-1 · /);
  });

  it("says of RDS for PostgreSQL with logical replication that its disk fills until green is deleted", () => {
    const databases = databasesOf(first(), { engine: "postgres" });
    const standing = standingOf({ view: { deployment: first(), databases }, facts: [] });
    const degraded = { ...standingIn("degraded"), source: standing.source, replicationType: "logical" as const };
    expect(readable(card(degraded))).toContain("write-ahead log piles up on its disk until green is deleted: act today.");
    expect(readable(card({ ...degraded, replicationType: "physical" }))).toContain("so this can wait until morning.");
  });
});

describe("a sign stands in front", () => {
  const rows = [...PAGE.matchAll(/^\| ([^|]+) \| (🔴|🟠|none) \|$/gmu)].map(([, state = "", sign = ""]) => [state, sign] as const);

  it("of each state that docs/on-call.md names", () => expect(rows.map(([state]) => state)).toEqual(Object.keys(STATES)));

  it.each(rows)('of "%s" as docs/on-call.md says: %s', (state, sign) => {
    const standing = STATES[state];
    if (!standing) throw new Error(`No standing is made for "${state}".`);
    const text = card(standing).text;
    expect(/^(🔴|🟠)/u.exec(text)?.[0] ?? "none").toBe(sign);
    expect(text).toContain(titleOf(standing));
  });
});
