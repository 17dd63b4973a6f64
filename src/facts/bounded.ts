import type { Severity } from "../rules/rule.ts";
import { type Fact, firstAt, richest } from "./facts.ts";
import { firstBytes } from "./first-bytes.ts";
import { isTold } from "./posts.ts";
import type { DeploymentRecord } from "./record.ts";
import { shortened } from "./shortened.ts";

/** What a record may take up, in bytes of its JSON: DynamoDB's item holds 400 KB, of which a third leaves room for one more turn. */
const ROOM = 128 * 1024;
/** What it is brought down to then, so that not every write has to give something up. */
const TRIMMED = 96 * 1024;
/** So many bytes more are no reason for the next step, which gives up more: what is counted of a step takes some itself. */
const NEARLY = 1_024;
/** What RDS's last answer may take up of it. */
const SEEN_ROOM = 32 * 1024;
/** What one report of a thinned fact may take up. */
const THIN_TEXT = 300;

/**
 * The record within the size that one item may have; the same object if it fits. Whatever is given up is counted in `dropped`.
 *
 * First go the texts that repeat a told entry's, then told facts, then the same of untold ones that are not critical, then of all: each time
 * the least urgent first, and of these the oldest. The first and the last fact of each signal and database stay as long as they can, since
 * what stands follows from them.
 */
export function bounded(record: DeploymentRecord): DeploymentRecord {
  if (sizeOf(record) <= ROOM) return record;
  let it = lighter(record);
  for (const step of [thinTold, dropTold, thinMinor, dropMinor, thinAll, dropAny]) {
    const excess = sizeOf(it) - TRIMMED;
    if (excess <= NEARLY) return it;
    it = step(it, excess);
  }
  return it;
}

/** Bytes of a value's JSON. */
function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? "");
}

/** Without the tags and settings of databases, which a card does not show, if RDS's answer is long. */
function lighter(record: DeploymentRecord): DeploymentRecord {
  const { seen, left } = record;
  if (!seen || sizeOf(seen) <= SEEN_ROOM) return record;
  const databases = seen.databases.map(({ configuration: _, ...rest }) => rest);
  return { ...record, seen: { ...seen, databases }, left: left?.map(({ configuration: _, ...rest }) => rest) };
}

type Step = (record: DeploymentRecord, excess: number) => DeploymentRecord;

const thinTold: Step = (record, excess) => inOrder(record, excess, (fact) => isTold(record, fact), thinned);
const dropTold: Step = (record, excess) => {
  const edges = edgesOf(record.facts);
  return inOrder(record, excess, (fact) => isTold(record, fact) && !edges.has(fact), nothing);
};
const thinMinor: Step = (record, excess) => inOrder(record, excess, isMinor, thinned);
const dropMinor: Step = (record, excess) => {
  const edges = edgesOf(record.facts);
  return inOrder(record, excess, (fact) => isMinor(fact) && !edges.has(fact), nothing);
};
const thinAll: Step = (record, excess) => inOrder(record, excess, () => true, thinned);
const dropAny: Step = (record, excess) => inOrder(record, excess, () => true, nothing);
const isMinor = ({ severity }: Fact): boolean => severity !== "critical";
const nothing = (): undefined => undefined;

const GRAVEST_FIRST: readonly Severity[] = ["critical", "warning", "good", "info"];

/** Gives up something of one fact after another, the least urgent and oldest first, until `excess` bytes are saved. */
function inOrder(
  record: DeploymentRecord,
  excess: number,
  which: (fact: Fact) => boolean,
  less: (fact: Fact) => Fact | undefined,
): DeploymentRecord {
  const urgency = ({ severity }: Fact) => GRAVEST_FIRST.indexOf(severity);
  const inTurn = record.facts
    .filter(which)
    .map((fact) => ({ fact, at: firstAt(fact) }))
    .sort((a, b) => urgency(b.fact) - urgency(a.fact) || a.at.localeCompare(b.at));
  const instead = new Map<Fact, Fact | undefined>();
  let saved = 0;
  for (const { fact } of inTurn) {
    if (saved >= excess) break;
    const after = less(fact);
    saved += sizeOf(fact) - (after ? sizeOf(after) : 0);
    instead.set(fact, after);
  }
  const facts = record.facts.flatMap((fact) => (instead.has(fact) ? (instead.get(fact) ?? []) : fact));
  const dropped = [...instead].flatMap(([fact, after]) => (after ? [] : fact)).reduce(withDropped, record.dropped ?? {});
  const kept = new Set(facts.map(({ id }) => id));
  const posts = record.posts.filter(({ of }) => of === "card" || of.some((id) => kept.has(id)));
  return { ...record, facts, posts, ...(Object.keys(dropped).length > 0 && { dropped }) };
}

function withDropped(dropped: NonNullable<DeploymentRecord["dropped"]>, { signal, reports }: Fact): typeof dropped {
  const { n = 0, upTo = "" } = dropped[signal] ?? {};
  const last =
    reports
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? "";
  return { ...dropped, [signal]: { n: n + 1, upTo: last > upTo ? last : upTo } };
}

/** The fact with one text, and that one short. */
function thinned(fact: Fact): Fact {
  const richestOne = richest(fact);
  const reports = fact.reports.map((it) => ({
    ...it,
    message: it === richestOne ? firstBytes(it.message, THIN_TEXT) : "",
    ...(it.said && { said: shortened(it.said, THIN_TEXT) }),
  }));
  return { ...fact, reports };
}

/** The first and the last fact of each signal and database. */
function edgesOf(facts: readonly Fact[]): ReadonlySet<Fact> {
  const inTime = facts.map((fact) => ({ fact, at: firstAt(fact) })).sort((a, b) => a.at.localeCompare(b.at));
  const of = ({ signal, reports }: Fact) => `${signal}|${reports[0]?.sourceIdentifier}`;
  const last = new Map(inTime.map(({ fact }) => [of(fact), fact]));
  const first = new Map(inTime.toReversed().map(({ fact }) => [of(fact), fact]));
  return new Set([...first.values(), ...last.values()]);
}
