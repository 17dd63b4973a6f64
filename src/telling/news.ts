import type { Rds } from "../clients/rds/rds.ts";
import type { Records } from "../clients/records.ts";
import type { DeploymentView } from "../deployments/deployment.ts";
import { type Report, withReport } from "../facts/facts.ts";
import { digestOf } from "../facts/hint.ts";
import { type DeploymentRecord, deploymentIdOf, type LagReading } from "../facts/record.ts";
import { isRuined } from "../operations/apply-policy.ts";
import { viewAt, viewOf } from "../operations/read/view-of.ts";
import type { Meaning } from "../rules/rule.ts";
import { remember } from "../standing/memory.ts";
import { afterLook, type LookAtRds } from "./look.ts";

/** What a run knows of a deployment that its record does not hold yet. */
export interface News {
  /** The record with what is new; called again on each version of it that others write meanwhile. */
  fold(record: DeploymentRecord): DeploymentRecord;
  /** What RDS shows now. */
  look: LookAtRds;
  /** When it was asked for, ISO 8601; absent for what the record itself shows. */
  lookedAt?: string;
  /** The record as it was just read or written: a turn begins with it instead of reading it. */
  record?: DeploymentRecord;
  /** What else was just read for a turn. */
  reads?: Pick<Records, "read">;
  /** Called with the record as a turn has read it, before anything is told; what it reads of `records`, the turn need not read again. */
  read?(record: DeploymentRecord, records: Pick<Records, "read">): void;
}

/** The same news for a later turn: what was read for the one before is old by then. */
export const anew = (news: News): News => ({ ...news, record: undefined, reads: undefined });

/** A report that a run has read and that may be new. */
export interface NewReport {
  meaning: Meaning;
  report: Report;
}

/** What reading news needs from the outside. */
export interface NewsDependencies {
  rds: Pick<Rds, "deployment" | "databases" | "endpoints">;
  records: Pick<Records, "read">;
  /** How many hours a deployment may be PROVISIONING without progress before the team is told; never if omitted. */
  stuckAfterHours?: number;
}

/** What `reports` and a look at RDS at `now` (milliseconds since 1970) say of the deployment of a record. */
export async function newsOf(
  key: string,
  reports: readonly NewReport[],
  now: number,
  { rds, records, stuckAfterHours }: NewsDependencies,
): Promise<News> {
  const id = deploymentIdOf(key);
  const view = id === undefined ? undefined : await viewOf(id, rds);
  const look = view ? { view } : await lookAtLeft(await records.read<DeploymentRecord>(key), rds);
  return newsBy(look, reports, now, stuckAfterHours);
}

/** The same of a look that was made, with the lag if it was read. */
export function newsBy(look: LookAtRds & { lag?: LagReading }, reports: readonly NewReport[], now: number, stuckAfterHours?: number): News {
  const at = new Date(now).toISOString();
  const after = (record: DeploymentRecord) => afterLook(record, look, at, stuckAfterHours);
  const fold = (record: DeploymentRecord) => {
    const reported = withReports(record, reports, look.view);
    // A run that was slower than another one knows less.
    if ((record.seenAt ?? "") > at) return reported;
    const looked = after(reported);
    // What was never seen has no card to bring up to date.
    const known = withHint(looked.seen || !looked.refresh ? looked : { ...looked, refresh: undefined }, look, after);
    return known === record || known.seen === undefined ? known : { ...known, seenAt: at };
  };
  return { look, lookedAt: at, fold };
}

/** What a turn shows of a deployment: the news' look at RDS, unless the record holds a newer one. */
export function newestLook({ look, lookedAt }: News, { seenAt = "", gone, seen, left }: DeploymentRecord): LookAtRds {
  if (lookedAt === undefined || seenAt <= lookedAt) return look;
  return gone ? { left } : { view: seen };
}

/** The record with what the index says of it: whether the same look once more would change nothing. */
function withHint(record: DeploymentRecord, { view }: LookAtRds, after: (record: DeploymentRecord) => DeploymentRecord): DeploymentRecord {
  const asks = isRuined(record) && !record.gone ? true : undefined;
  // What is at work, or counts looks, has more to say as time passes.
  const isAtRest = view !== undefined && record.operation === undefined && record.memory?.looks === undefined;
  const known = { ...record, version: record.version || 1 };
  const sees = isAtRest && after(known) === known ? digestOf(view, record.lag?.shown) : undefined;
  return sees === record.sees && asks === record.asks ? record : { ...record, sees, asks };
}

/** The record with the reports; the next answer of RDS may be older than the one that `view` holds. */
export function withReports(record: DeploymentRecord, reports: readonly NewReport[], view?: DeploymentView): DeploymentRecord {
  const facts = reports.reduce((all, { meaning, report }) => withReport(all, meaning, report, record.dropped), record.facts);
  const before = record.memory ?? {};
  const memory = view && reports.length > 0 ? remember(before, { deployment: view.deployment, databases: [] }, facts).memory : before;
  if (facts === record.facts && memory === before) return record;
  return { ...record, facts, sees: undefined, ...(memory !== before && { memory }) };
}

/** What RDS still describes of a deployment that is gone. */
export async function lookAtLeft(record: DeploymentRecord | undefined, rds: Pick<Rds, "databases" | "endpoints">): Promise<LookAtRds> {
  if (!record?.seen) return {};
  return { left: (await viewAt(record.seen.deployment, rds)).databases };
}
