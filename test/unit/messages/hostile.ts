import fc from "fast-check";
import type { Report } from "../../../src/facts/facts.ts";
import { rules } from "../../../src/rules/index.ts";
import { OBSERVED } from "../../../src/standing/observed.ts";
import type { Phase } from "../../../src/standing/phase.ts";
import type { SideStanding, Standing } from "../../../src/standing/standing.ts";
import type { ThreadEntry } from "../../../src/standing/thread-entry.ts";

const NASTY = [
  "<!channel>",
  "<@U0123456>",
  "<https://evil.example|click>",
  "`",
  "```",
  "*bold*",
  "\n",
  "\r\n> ",
  "\t",
  "\u0000",
  "\u001b[31m",
  "\u200b",
  "\u202e",
  "\u2066",
  "\u2028",
  "\ufeff",
  "\u{e0041}",
  "😀",
  "👩‍👩‍👧",
  "\ud83d",
  "\ude00",
  "&",
  "&lt;",
  "&amp;",
  "",
  " ",
];

/** Text that somebody chose to do harm, at most `longest` UTF-16 units of it, perhaps cut within a surrogate pair. */
export function hostile(longest: number): fc.Arbitrary<string> {
  const piece = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 8 }));
  const some = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
  const full = piece.filter((it) => it !== "").map((it) => it.repeat(longest));
  return fc.oneof({ weight: 3, arbitrary: some }, full).map((text) => text.slice(0, longest));
}

/** Nothing but characters that take five when they are escaped, as many as fit. */
export const longestOf = (longest: number): fc.Arbitrary<string> => fc.constant("&".repeat(longest));

type Texts = (longest: number) => fc.Arbitrary<string>;

const at = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }).map((date) => date.toISOString());
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });
const signals = [...new Set([...rules.map((rule) => rule.foldsInto?.id ?? rule.id), ...OBSERVED.map(({ id }) => id)])];

function readings(of: Texts): fc.Arbitrary<Report["reading"]> {
  const name = of(255);
  const binaryLog = fc.record({ file: name, position: name });
  const all = { blue: name, green: name, oldBlue: name, reason: of(10_000), logHour: name, binaryLog, degraded: fc.boolean() };
  return fc.record(all, { requiredKeys: [] });
}

function reports(of: Texts): fc.Arbitrary<Report> {
  return fc.record({
    delivery: of(255),
    signal: fc.constantFrom(...signals),
    at,
    sourceIdentifier: of(255),
    side: maybe(fc.constantFrom("blue", "green", "old blue", "new blue")),
    message: of(10_000),
    reading: readings(of),
  });
}

function sides(of: Texts): fc.Arbitrary<SideStanding> {
  const name = of(255);
  const names = fc.array(name, { maxLength: 20 });
  const engine = fc.oneof(name, fc.constant("aurora-postgresql"));
  return fc.record({
    name,
    database: maybe(fc.record({ engine, engineVersion: name, status: name })),
    parameterGroups: names,
    members: names,
  });
}

const phase = fc.constantFrom<Phase>(
  "provisioning",
  "ready",
  "degraded",
  "recreating",
  "switching-over",
  "switched-over",
  "failed",
  "deleted",
  "unknown",
);

/** Deployments whose names and texts are all made by `of`. */
export function summaries(of: Texts): fc.Arbitrary<Standing> {
  const name = of(255);
  return fc.record({
    id: name,
    name,
    status: name,
    statusDetails: maybe(of(10_000)),
    exists: fc.boolean(),
    createTime: maybe(at),
    phase,
    switched: fc.boolean(),
    replication: maybe(fc.constantFrom("logical", "physical", "binary log")),
    progress: fc.record({ done: fc.nat(10), of: fc.integer({ min: 10, max: 20 }), now: maybe(name) }),
    source: sides(of),
    target: maybe(sides(of)),
    degraded: maybe(reports(of)),
    replicating: maybe(fc.record({ running: fc.boolean(), at })),
  });
}

/** Facts whose names and texts are all made by `of`, on such a deployment or none. */
export function threadEntries(of: Texts): fc.Arbitrary<ThreadEntry> {
  return fc.record({
    signal: fc.constantFrom(...signals),
    severity: fc.constantFrom("info", "good", "warning", "critical"),
    meaning: fc.constantFrom(...rules.map((rule) => rule.meaning)),
    announce: fc.boolean(),
    at,
    reports: fc.array(reports(of), { minLength: 1, maxLength: 10 }),
    richest: maybe(reports(of)),
    reading: readings(of),
    whileBuilding: fc.boolean(),
    pauseMs: maybe(fc.nat()),
    deployment: maybe(summaries(of)),
  });
}
