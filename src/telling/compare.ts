import type { Records } from "../clients/records.ts";
import { isBuilt } from "../deployments/built.ts";
import type { DeploymentView } from "../deployments/deployment.ts";
import { type Fact, withReport } from "../facts/facts.ts";
import { observe, progressShown } from "../facts/observations.ts";
import { OBSERVED } from "../facts/observed.ts";
import { type DeploymentRecord, deploymentKey } from "../facts/record.ts";
import { specOf } from "../plans/spec/spec.ts";
import { rules } from "../rules/index.ts";
import { amend } from "./amend.ts";
import { isSame } from "./hash-of.ts";

const MEANINGS = new Map([...rules, ...OBSERVED].map((meaning) => [meaning.id, meaning]));

/**
 * Compares a deployment as the API shows it at `now` (undefined: it is gone) with its record, and records what to tell about the
 * difference: facts, a card that is out of date, and the spec once green is built. Does nothing for one that is gone and was never seen.
 */
export async function compare(
  id: string,
  view: DeploymentView | undefined,
  now: string,
  { records, stuckAfterHours }: { records: Records; stuckAfterHours: number },
): Promise<void> {
  await amend(records, deploymentKey(id), (record) => {
    if (!view && !record.seen) return record;
    const progress = progressOf(record, view, now);
    const known = { facts: record.facts, progressSince: progress?.since };
    const observed = observe(id, view?.deployment, known, now, stuckAfterHours).reduce((all, { signal, report }) => {
      const meaning = MEANINGS.get(signal);
      return meaning ? withReport(all, meaning, report) : all;
    }, record.facts);
    const facts = record.version === 0 ? withoutOldNews(observed) : observed;
    const seen = view ?? record.seen;
    const spec = record.spec ?? (view && isBuilt(view.deployment) ? specOf(view, now) : undefined);
    const gone = view === undefined || undefined;
    const isNews = !record.card || gone !== record.gone || !isSame(seen, record.seen);
    const isKnown = facts === record.facts && progress === record.progress && spec === record.spec && (!isNews || record.refresh === true);
    return isKnown ? record : { ...record, facts, seen, gone, progress, spec, refresh: record.refresh || isNews || undefined };
  });
}

/** A switchover from before the guard first saw the deployment may be long past: the team is told, but it triggers nothing. */
function withoutOldNews(facts: readonly Fact[]): readonly Fact[] {
  return facts.map((fact) => (fact.signal === "switchover-completed" ? { ...fact, published: true } : fact));
}

function progressOf(record: DeploymentRecord, view: DeploymentView | undefined, now: string): DeploymentRecord["progress"] {
  if (view?.deployment.status !== "PROVISIONING") return record.progress;
  const shows = progressShown(view.deployment);
  return record.progress?.shows === shows ? record.progress : { shows, since: now };
}
