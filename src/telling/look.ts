import { isBuilt } from "../deployments/built.ts";
import type { Database, DeploymentView } from "../deployments/deployment.ts";
import { lagShown } from "../deployments/lag-shown.ts";
import { channelsOf, type Fact, withReport } from "../facts/facts.ts";
import { isSame } from "../facts/hash-of.ts";
import type { Memory } from "../facts/memory.ts";
import { cardOf } from "../facts/posts.ts";
import type { DeploymentRecord, LagReading, ShownLag } from "../facts/record.ts";
import { LED, leftTo, toldTogether } from "../facts/told-by.ts";
import { underWayOf } from "../operations/read/under-way.ts";
import { specOf } from "../plans/spec/spec.ts";
import { rules } from "../rules/index.ts";
import type { Meaning } from "../rules/rule.ts";
import type { SignalId } from "../rules/signal-id.ts";
import { rememberLook } from "../standing/memory.ts";
import { observe, progressShown } from "../standing/observations.ts";
import { OBSERVED } from "../standing/observed.ts";
import { standingOf } from "../standing/standing.ts";

const MEANINGS = new Map<SignalId, Meaning>([...rules, ...OBSERVED].map((meaning) => [meaning.id, meaning]));

/** What one look at RDS shows of a deployment. */
export interface LookAtRds {
  /** Undefined if RDS does not know it. */
  view?: DeploymentView;
  /** How far green lags, if it was read. */
  lag?: LagReading;
  /** If it is gone: the databases that it had and that RDS still describes. */
  left?: readonly Database[];
}

/**
 * A deployment's record after a look at `now` (ISO 8601): what to tell about the difference, a card that is out of date, the spec once green
 * is built. Returns the same record if nothing is new, or if the deployment is gone and was never seen.
 */
export function afterLook(record: DeploymentRecord, look: LookAtRds, now: string, stuckAfterHours?: number): DeploymentRecord {
  const { view, left } = look;
  const seen = view ?? record.seen;
  if (!seen) return record;
  const progress = progressOf(record, view, now);
  const before = record.memory ?? {};
  // Answers about what is gone say nothing about names.
  const memory = view ? rememberLook(before, view, record.facts, now) : before;
  const at = Date.parse(now);
  const underWay = underWayOf(record.operation);
  const standing = standingOf({ view: seen, exists: view !== undefined, facts: record.facts, memory, left, underWay, now: at });
  const looked = { standing, deployment: view?.deployment, facts: record.facts, progressSince: progress?.since, now, stuckAfterHours };
  const observed = observe(looked).reduce((all, { signal, report }) => {
    const meaning = MEANINGS.get(signal);
    return meaning ? withReport(all, meaning, report, record.dropped) : all;
  }, record.facts);
  const { posts } = record;
  const together = LED.reduce((facts, [by, signal]) => toldTogether({ facts, posts }, signal, by), observed);
  // Every member is switched over: the end is all that is left to tell, and RDS is about to say so.
  const isEnding = standing.switched && standing.phase === "switching-over";
  const settled = isEnding ? leftTo({ facts: together, posts }, "switchover-completed", "switched-over") : together;
  const facts = record.version === 0 ? withoutOldNews(settled) : settled;
  const specAt = record.specAt ?? (view && isBuilt(view.deployment) ? specOf(view, now)?.savedAt : undefined);
  const gone = view === undefined || undefined;
  const shownLag = look.lag ? lagAfter(record.lag, look.lag) : record.lag;
  const hasLeft = isSame(left, record.left);
  const isNews =
    !cardOf(record) ||
    gone !== record.gone ||
    !isSame(seen, record.seen) ||
    !hasLeft ||
    !isSame(names(memory), names(before)) ||
    shownLag !== record.lag;
  const isKnown =
    facts === record.facts && progress === record.progress && specAt === record.specAt && (!isNews || record.refresh === true);
  if (isKnown && isSame(memory, before)) return record;
  const kept = Object.keys(memory).length > 0 ? memory : undefined;
  return {
    ...record,
    facts,
    seen,
    gone,
    progress,
    specAt,
    memory: kept,
    lag: shownLag,
    left,
    refresh: record.refresh || isNews || undefined,
  };
}

/** The lag to show: the same object unless something worth telling changed. */
function lagAfter(before: ShownLag | undefined, reading: LagReading): ShownLag {
  const shown = lagShown(reading.lag, before?.shown);
  return before && isSame(shown, before.shown) ? before : { ...reading, shown };
}

/** Counting a look alone changes nothing that a card shows. */
const names = ({ origin, switched }: Memory): Memory => ({ origin, switched });

/** A switchover from before the guard first saw the deployment may be long past: the team is told, but it triggers nothing. */
function withoutOldNews(facts: readonly Fact[]): readonly Fact[] {
  const isOld = ({ signal }: Fact) => signal === "switched-over" || signal === "partly-switched-over";
  return facts.map((fact) => (isOld(fact) ? { ...fact, dest: channelsOf(fact) } : fact));
}

function progressOf(record: DeploymentRecord, view: DeploymentView | undefined, now: string): DeploymentRecord["progress"] {
  if (view?.deployment.status !== "PROVISIONING") return record.progress;
  const shows = progressShown(view.deployment);
  return record.progress?.shows === shows ? record.progress : { shows, since: now };
}
