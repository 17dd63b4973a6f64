import { describe, expect, it } from "vitest";
import { withReport } from "../../../../src/facts/facts.ts";
import * as words from "../../../../src/messages/language.ts";
import { factWords } from "../../../../src/messages/plain/fact-words.ts";
import { inPlainText as PLAIN } from "../../../../src/messages/plain/form.ts";
import { OPERATION_MEANINGS } from "../../../../src/operations/signals.ts";
import { rules } from "../../../../src/rules/index.ts";
import type { Meaning } from "../../../../src/rules/rule.ts";
import { OBSERVED } from "../../../../src/standing/observed.ts";
import { standingOf } from "../../../../src/standing/standing.ts";
import { type ThreadEntry, threadEntryOf } from "../../../../src/standing/thread-entry.ts";
import { viewOf } from "../../../support/deployments/recreating.ts";
import { first } from "../../../support/deployments/upgrade.ts";

const HOSTILE = "first\nsecond\u0000 *bold* <!channel> \u202eend";

function entryOf(meaning: Meaning, message = "", deployment = true): ThreadEntry {
  const at = "2024-02-05T08:40:26.000Z";
  const report = { delivery: "1", source: "event", signal: meaning.id, at, sourceIdentifier: "db-cluster", message, reading: {} } as const;
  const facts = withReport([], meaning, report);
  const [fact] = facts;
  if (!fact) throw new Error("A report is a fact.");
  return threadEntryOf(fact, facts, deployment ? standingOf({ view: viewOf(first()), facts }) : undefined);
}

describe.each([...rules, ...OBSERVED, ...OPERATION_MEANINGS].map((meaning) => [meaning.id, meaning] as const))("%s", (_, meaning) => {
  it("is said in plain text on one line, with the meaning that Slack gives it, and where nothing else is known", () => {
    for (const entry of [entryOf(meaning), entryOf(meaning, HOSTILE), entryOf(meaning, HOSTILE.repeat(500), false)]) {
      const { title, text, severity } = factWords(entry);
      expect(title).toMatch(/^[^:]+: \S/);
      expect([title.length <= 200, text.length <= 1_500]).toEqual([true, true]);
      expect(`${title}${text}`).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(severity).toBe(entry.severity);
    }
    const plain = entryOf(meaning);
    const { meaning: said = words.meaningOf(plain.signal) } = words.advice(plain, PLAIN);
    expect(factWords(plain).text).toContain(said);
  });
});

describe("a fact of a deployment", () => {
  const degraded = rules.find(({ id }) => id === "replication-degraded");

  it("says how urgent it is and which side is production; without a deployment it says that none was found", () => {
    if (!degraded) throw new Error("There is no such rule.");
    expect(factWords(entryOf(degraded))).toMatchObject({
      urgency: "later",
      production: "blue",
      text: expect.stringMatching(
        /^The upgrade is blocked\. Production is not affected, so this can wait until morning\. Green has stopped/,
      ),
    });
    const { text, ...others } = factWords(entryOf(degraded, "", false));
    expect(text).toContain("No deployment found: RDS lists no blue/green deployment for db-cluster");
    expect(Object.keys(others).sort()).toEqual(["severity", "title"]);
  });
});
