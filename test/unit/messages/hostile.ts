import fc from "fast-check";
import type { Database } from "../../../src/deployments/deployment.ts";
import type { LagUnknown } from "../../../src/deployments/lag.ts";
import type { Person } from "../../../src/deployments/person.ts";
import type { Report } from "../../../src/facts/facts.ts";
import type { LagReading } from "../../../src/facts/record.ts";
import type { Reason } from "../../../src/operations/says/reasons.ts";
import type { Said } from "../../../src/operations/says/sayings.ts";
import { rules } from "../../../src/rules/index.ts";
import type { Leftover } from "../../../src/standing/leftovers.ts";
import type { MemberStanding, SideOfMember } from "../../../src/standing/members.ts";
import { OBSERVED } from "../../../src/standing/observed.ts";
import type { Obstacle } from "../../../src/standing/obstacles.ts";
import type { Phase } from "../../../src/standing/phase.ts";
import type { ReplicationSource, ReplicationStanding } from "../../../src/standing/replication.ts";
import type { SideStanding } from "../../../src/standing/sides.ts";
import type { Standing } from "../../../src/standing/standing.ts";
import type { ThreadEntry } from "../../../src/standing/thread-entry.ts";
import type { OperationStanding, PolicyStanding } from "../../../src/standing/under-way.ts";

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
  const missing = fc.array(fc.record({ name, side: fc.constantFrom("blue" as const, "green" as const) }), { maxLength: 20 });
  const stuck = fc.record({ done: fc.nat(9), of: fc.nat(9), task: name, since: at }, { requiredKeys: ["done", "of", "since"] });
  const all = {
    blue: name,
    green: name,
    oldBlue: name,
    reason: of(10_000),
    logHour: name,
    binaryLog,
    degraded: fc.boolean(),
    missing,
    stuck,
  };
  return fc.record(all, { requiredKeys: [] });
}

function reports(of: Texts): fc.Arbitrary<Report> {
  return fc.record({
    delivery: of(255),
    source: fc.constantFrom("event", "look", "operation"),
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
  const arn = fc.oneof(name, fc.constant("arn:aws:rds:ap-northeast-1:123456789012:cluster:orders"));
  return fc.record({
    arn,
    name,
    database: maybe(fc.record({ engine, engineVersion: name, status: name, percentProgress: maybe(name) })),
    parameterGroups: names,
    members: names,
  });
}

const phase = fc.constantFrom<Phase>(
  "provisioning",
  "waiting",
  "ready",
  "degraded",
  "recreating",
  "switching-over",
  "switched-over",
  "partly-switched-over",
  "failed",
  "deleted",
  "unknown",
);

const kind = fc.constantFrom("cluster", "instance");

function members(of: Texts): fc.Arbitrary<MemberStanding> {
  const name = of(255);
  const database = fc.record({
    kind: fc.constantFrom("cluster" as const, "instance" as const),
    arn: name,
    identifier: name,
    engine: name,
    engineVersion: name,
    status: name,
    parameterGroups: fc.constant<Database["parameterGroups"]>([]),
  });
  const side: fc.Arbitrary<SideOfMember> = fc.record({ arn: name, name, database: maybe(database) });
  return fc.record({
    kind: fc.constantFrom("cluster", "instance", "cluster-endpoint", "global-cluster", "unknown"),
    word: name,
    name,
    source: maybe(side),
    target: maybe(side),
    status: maybe(name),
    outcome: fc.constantFrom("switched", "failed", "missing", "pending", "unknown"),
    bearer: fc.constantFrom("blue", "green", "unknown"),
  });
}

function replications(of: Texts): fc.Arbitrary<ReplicationStanding> {
  const state = fc.constantFrom("unknown", "replicating", "stopped", "error", "terminated", "degraded");
  const by: fc.Arbitrary<ReplicationSource> = fc.record({
    state,
    from: fc.constantFrom("event", "api"),
    database: of(255),
    at: maybe(at),
    message: maybe(of(10_000)),
  });
  return fc.record({ state, by: maybe(by), disagreement: maybe(fc.record({ event: by, api: by })) });
}

function obstacles(of: Texts): fc.Arbitrary<Obstacle> {
  const codes = ["status", "no-green", "task", "task-failed", "member", "member-missing", "database", "database-not-found", "replication"];
  return fc.record({
    code: fc.constantFrom(...(codes as Obstacle["code"][])),
    name: of(255),
    status: fc.oneof(of(255), fc.constantFrom("stopped", "error", "degraded", "storage-full")),
    percent: maybe(of(255)),
    heals: fc.boolean(),
  });
}

function leftovers(of: Texts): fc.Arbitrary<Leftover> {
  return fc.record({
    name: of(255),
    kind: kind as fc.Arbitrary<Leftover["kind"]>,
    side: fc.constantFrom("green", "old blue"),
    status: of(255),
  });
}

const people = (of: Texts): fc.Arbitrary<Person> =>
  fc.record({ name: of(255), id: maybe(fc.constant("U0ONCALL")) }) as fc.Arbitrary<Person>;

/** What an operation says that was made from names and from AWS's texts. */
function sayings(of: Texts): fc.Arbitrary<Said> {
  const deployment = fc.record({ id: of(255), name: of(255) });
  const why = fc.oneof(
    fc.record({ code: fc.constant("aws-said" as const), text: of(10_000) }),
    fc.record({ code: fc.constant("cancelled" as const), by: people(of), at: of(255) }),
  ) as fc.Arbitrary<Reason>;
  return fc.oneof(
    fc.record({ code: fc.constant("asking" as const), deployment, doubt: why }),
    fc.record({ code: fc.constant("nothing-changed" as const), why }),
    fc.record({ code: fc.constant("deletion-refused" as const), deployment, why }),
    fc.record({ code: fc.constant("rds-said" as const), at: of(255), text: of(10_000) }),
  );
}

function operations(of: Texts): fc.Arbitrary<OperationStanding> {
  return fc.record({
    name: fc.constantFrom("recreate", "switchover", "something new"),
    step: maybe(fc.record({ at: fc.nat(5), of: fc.constant(5) })),
    said: maybe(sayings(of)),
    shows: maybe(
      fc.record({
        code: fc.constant("building"),
        status: of(255),
        done: fc.nat(5),
        of: fc.nat(5),
        now: maybe(of(255)),
        statuses: fc.array(of(255), { maxLength: 5 }),
      }),
    ),
    failed: maybe(sayings(of)),
    since: at,
    isOver: maybe(fc.boolean()),
    stopping: maybe(fc.record({ by: people(of), leaves: fc.constantFrom("everything", "maybe-no-green", "no-green", "new-green") })),
  });
}

function policies(of: Texts): fc.Arbitrary<PolicyStanding> {
  return fc.record({
    state: fc.constantFrom("considering", "announced", "asking"),
    notBefore: maybe(at),
    settleMinutes: maybe(fc.nat()),
    heldBy: maybe(people(of)),
  });
}

function lagUnknowns(of: Texts): fc.Arbitrary<LagUnknown> {
  const asked = { name: of(255), instance: of(255) };
  return fc.oneof(
    fc.record({ code: fc.constant("no-data" as const), ...asked }),
    fc.record({ code: fc.constant("negative" as const), ...asked, value: fc.integer() }),
    fc.record({ code: fc.constant("timed-out" as const), call: of(255), seconds: fc.nat() }),
    fc.record({ code: fc.constant("refused" as const), call: of(255), error: of(255), text: of(10_000) }),
    fc.record({ code: fc.constant("not-read" as const), ...asked, text: of(10_000) }),
  );
}

function lags(of: Texts): fc.Arbitrary<LagReading> {
  const metric = fc.record({
    name: of(255),
    side: fc.constantFrom("blue", "green"),
    unit: fc.constantFrom("bytes", "seconds"),
    instance: of(255),
  });
  const lag = fc.oneof(
    fc.record({ state: fc.constant("unknown" as const), metric, why: lagUnknowns(of) }),
    fc.record({ state: fc.constant("not-replicating" as const), metric, ageMs: fc.nat() }),
  );
  return fc.record({ lag: lag as fc.Arbitrary<LagReading["lag"]>, at });
}

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
    renamed: fc.boolean(),
    replicationType: maybe(fc.constantFrom("logical", "physical", "binary log")),
    replication: replications(of),
    severity: fc.constantFrom("info", "good", "warning", "critical"),
    urgency: fc.constantFrom("production", "now", "later", "none"),
    production: fc.constantFrom("blue", "green", "mixed", "unknown"),
    members: fc.array(members(of), { maxLength: 20 }),
    obstacles: fc.array(obstacles(of), { maxLength: 12 }),
    missing: fc.subarray(["targetEngineVersion", "targetDBParameterGroupName", "targetDBClusterParameterGroupName"]),
    left: fc.array(leftovers(of), { maxLength: 20 }),
    offers: fc.subarray(["switchover", "recreate"] as const),
    healthy: fc.boolean(),
    mayDeleteGreen: fc.boolean(),
    lag: maybe(lags(of)),
    unfinished: maybe(sayings(of)),
    operation: maybe(operations(of)),
    policy: maybe(policies(of)),
    progress: fc.record({ done: fc.nat(10), of: fc.integer({ min: 10, max: 20 }), now: maybe(name) }),
    source: sides(of),
    target: maybe(sides(of)),
    dropped: fc.nat(),
    degraded: maybe(reports(of)),
  });
}

/** Facts whose names and texts are all made by `of`, on such a deployment or none. */
export function threadEntries(of: Texts): fc.Arbitrary<ThreadEntry> {
  return fc.record({
    signal: fc.constantFrom(...signals),
    severity: fc.constantFrom("info", "good", "warning", "critical"),
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
