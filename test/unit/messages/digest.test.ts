import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import type { DeploymentView } from "../../../src/deployments/deployment.ts";
import { digest, digestDetails } from "../../../src/messages/slack/digest.ts";
import { notice } from "../../../src/messages/slack/notice.ts";
import type { Reading } from "../../../src/rules/rule.ts";
import type { LookSignal } from "../../../src/rules/signal-id.ts";
import type { Observation } from "../../../src/standing/observations.ts";
import { OBSERVED } from "../../../src/standing/observed.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { type ThreadEntry, threadEntryOf } from "../../../src/standing/thread-entry.ts";
import { viewOf } from "../../support/deployments/recreating.ts";
import { first, second, told } from "../../support/deployments/upgrade.ts";
import { hostile, longestOf, threadEntries } from "./hostile.ts";
import { entryText, having, problemsOf, readable } from "./sent.ts";

/** A digest of two to sixty facts, of which at most three differ: to make sixty takes longer than to test them. */
const many = (of: Parameters<typeof threadEntries>[0]) =>
  fc
    .array(threadEntries(of), { minLength: 1, maxLength: 3 })
    .chain((facts) => fc.array(fc.constantFrom(...facts), { minLength: 2, maxLength: 60, size: "max" }))
    .chain((facts) => fc.constantFrom(digest, digestDetails).map((write) => write(facts.map((it) => ({ ...it }))) ?? digest(facts)));

/** The same fact at another minute of the day. */
const at = (entry: ThreadEntry, minute: number, changes: Partial<ThreadEntry> = {}): ThreadEntry => ({
  ...entry,
  at: new Date(Date.parse("2024-02-05T00:00:00Z") + minute * 60_000).toISOString(),
  ...changes,
});

const degraded = having(told("Data definition")).entry;
/** The list in the thread. */
function list(entries: readonly ThreadEntry[]): string {
  const message = digestDetails(entries);
  if (!message) throw new Error("The channel shows none of them.");
  return readable(message);
}

const resumed = having(told("Replication for the Read Replica resumed")).entry;

describe("a digest of what has piled up", () => {
  it("is within Slack's limits, mentions nobody and links nowhere, whatever it is made of", () => {
    fc.assert(
      fc.property(many(hostile), (message) => {
        expect(problemsOf(message)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it("is so where every name and text is as long as it can be", () => {
    fc.assert(
      fc.property(many(longestOf), (message) => {
        expect(problemsOf(message)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  const piledUp = [at(resumed, 10), at(degraded, 20), at(resumed, 30)];

  it("says in the channel what is gravest, where it is, and that it is told late", () => {
    expect(readable(digest(piledUp))).toBe(
      [
        "🟠 *blue-green: Replication is degraded. The upgrade is blocked. Production is not affected, so this can wait until morning.*",
        "123456789012 · ap-northeast-1 · cluster `db-cluster` · aurora-postgresql 14.10 → 15.5 · Blue · Green · RDS console · Events",
        "The card says how it stands now, and what to do.",
        "It is told late, with 2 other things that happened from 2024-02-05 00:10 UTC to 2024-02-05 00:30 UTC: the thread lists them.",
      ].join("\n"),
    );
    expect(digest(piledUp).text).toMatch(/^🟠 blue-green: Replication is degraded\. The upgrade is blocked\. Production is not affected/);
    expect(digest([at(resumed, 10), at(resumed, 20)]).text).toBe("blue-green: 2 things happened, newest first");
  });

  it("lists in the thread the newest first, says when and what, and for what is grave what to do", () => {
    expect(list(piledUp)).toBe(
      [
        "*More about “Replication is degraded”*",
        "3 things happened, newest first",
        "• 2024-02-05 00:30 UTC · Info · *Replication resumed*",
        "• 2024-02-05 00:20 UTC · Critical · *Replication is degraded*",
        "      1. Find the statement: it is a WARNING in the engine log of `db-instance-writer` for the hour `2024-02-05-08` (UTC). Stop what ran it (a migration, an ORM, a cron job), or it ruins the next deployment too.",
        "      2. Delete the deployment with green and create it again: `/bluegreen recreate blue-green`",
        "• 2024-02-05 00:10 UTC · Info · *Replication resumed*",
        "from 2024-02-05 00:10 UTC to 2024-02-05 00:30 UTC",
      ].join("\n"),
    );
  });

  it("loses no line of forty grave facts with long reasons", () => {
    const reading = { blue: "b".repeat(60), green: "g".repeat(60), reason: "r".repeat(400) };
    const grave = Array.from({ length: 40 }, (_, minute) => at(degraded, minute, { signal: "switchover-cancelled", reading }));
    const text = list(grave);
    expect(text.split("\n").filter((line) => line.startsWith("• ")).length).toBe(40);
    expect(text).not.toContain("not listed");
  });

  it("lists what is grave, however much has happened since, and says how much it leaves out", () => {
    const since = Array.from({ length: 60 }, (_, minute) => at(resumed, minute + 1));
    const text = list([at(degraded, 0), ...since]);
    expect(text).toContain("• 2024-02-05 00:00 UTC · Critical · *Replication is degraded*");
    expect(text).toContain("21 earlier or less important ones are not listed");
    expect(text.split("\n").filter((line) => line.startsWith("• ")).length).toBe(40);
  });

  it("quotes an event that no rule knows", () => {
    const other = at(resumed, 5, { signal: "other-deployment-event" });
    const text = messageText(digest([other, at(resumed, 10)]));
    expect(text).toContain("*An event that the guard does not know*\n      Replication for the Read Replica resumed");
  });
});

describe("what only a look at the API shows", () => {
  const REASONS: Record<string, string> = {
    "invalid-configuration": "Out of sync <!channel>",
    "switchover-failed": "The write downtime was exceeded.",
    // RDS for MySQL's text, as an operator pasted it: terraform-aws-modules/terraform-aws-notify-slack, issue 195.
    "shown-error": "SQLError: 1050, reason: Coordinator stopped because there were error(s) in the worker(s).",
  };

  /** What a look reads besides, and the words for it. */
  const READ: Partial<Record<LookSignal, [Reading, string]>> = {
    "member-missing": [{ missing: [{ name: "orders-2", side: "green" }] }, "Missing: green of orders-2."],
    "provisioning-stuck": [
      { stuck: { done: 1, of: 3, task: "DB_ENGINE_VERSION_UPGRADE", since: "2024-02-05T06:24:00.000Z" } },
      "1 of 3 tasks done, at DB_ENGINE_VERSION_UPGRADE, unchanged since 2024-02-05 06:24 UTC.",
    ],
  };

  /** What a person has to do; nothing where all is well again. */
  const TO_DO: Record<string, RegExp> = {
    ready: /Test green, then switch over in a quiet hour\./,
    "ready-lost": /storage-optimization\. Wait until it is available\./,
    "switched-over": /\*What remains to be done\*/,
    "partly-switched-over": /Point it at a database that was switched over/,
    "invalid-configuration": /create it again\./,
    "switchover-failed": /before you try again/,
    "member-missing": /create it again\./,
    "provisioning-stuck": /create it again\./,
    "shown-degraded": /create it again: the card says how\./,
    "shown-terminated": /create it again\./,
    "shown-error": /look at green's error log\./,
  };

  /** The deployment as it is when the signal comes. */
  function stateOf(signal: string): DeploymentView {
    const storage = { "db-instance-writer-green-8n9hio": { status: "storage-optimization" } };
    const [cluster, writer] = [second().members[0] ?? {}, { ...first().members[1], status: "SWITCHOVER_FAILED" }];
    if (signal === "ready-lost") return viewOf(first(), storage);
    if (signal === "switched-over") return viewOf(second());
    return signal === "partly-switched-over" ? viewOf(second({ members: [cluster, writer] })) : viewOf();
  }

  function seen(signal: LookSignal, reading: Reading): ThreadEntry {
    const meaning = OBSERVED.find(({ id }) => id === signal);
    if (!meaning) throw new Error(`Nothing observed is called "${signal}".`);
    const report: Observation["report"] = {
      delivery: `api|bgd|${signal}`,
      source: "look",
      signal,
      at: "2024-02-05T12:30:00.000Z",
      sourceIdentifier: "bgd-hy5ntvomddiv89r8",
      message: "",
      reading,
    };
    const fact = { ...meaning, id: signal, signal, announce: true, once: false, reports: [report], dest: [] };
    return threadEntryOf(fact, [fact], standingOf({ view: stateOf(signal), facts: [fact] }));
  }

  it("has words of its own for each, and says that the API said it", () => {
    for (const { id } of OBSERVED) {
      const text = entryText(seen(id, REASONS[id] ? { reason: REASONS[id] } : {}));
      expect(text, id).not.toContain("does not know");
      expect(text, id).toContain("reported by the RDS API, looked at 12:30:00 UTC");
    }
  });

  it.each(OBSERVED.map(({ id }) => id))("%s says why, makes it inert, and what to do", (id) => {
    const [reading, words] = READ[id] ?? [{ reason: REASONS[id] ?? "" }, REASONS[id] ?? ""];
    const text = entryText(seen(id, reading));
    expect(text).toContain(words);
    expect(text).toMatch(TO_DO[id] ?? /^$/);
    expect(problemsOf(notice(seen(id, reading)))).toEqual([]);
  });

  it.each(OBSERVED.map(({ id }) => id))("%s can be told without a reason", (id) => {
    const text = entryText(seen(id, {}));
    expect(text).not.toMatch(/RDS says: |Missing:|undefined/);
    expect(problemsOf(notice(seen(id, {})))).toEqual([]);
  });
});
