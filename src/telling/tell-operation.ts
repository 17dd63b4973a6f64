import { randomUUID } from "node:crypto";
import { logged } from "../deployments/person.ts";
import { channelsOf, type Report } from "../facts/facts.ts";
import { isSame } from "../facts/hash-of.ts";
import { isToldIn } from "../facts/posts.ts";
import { type DeploymentRecord, deploymentIdOf, deploymentKey, hasUntold, newRecord } from "../facts/record.ts";
import type { RecordedOperation } from "../facts/recorded-operation.ts";
import { amendRecord } from "../operations/amend-record.ts";
import { audit } from "../operations/audit.ts";
import type { LatestLook } from "../operations/read/latest-look.ts";
import { isProgress } from "../operations/read/under-way.ts";
import type { OperationNote, OperationRequest } from "../operations/request.ts";
import { requestIdOf } from "../operations/request.ts";
import { OPERATION_MEANINGS, signalOfStep } from "../operations/signals.ts";
import type { Meaning } from "../rules/rule.ts";
import { OBSERVED } from "../standing/observed.ts";
import type { LookAtRds } from "./look.ts";
import { type NewReport, type News, newsBy, newsOf, withReports } from "./news.ts";
import { readingOnce } from "./reading-once.ts";
import { type TellDependencies, tell } from "./tell.ts";

const MEANINGS = new Map<string, Meaning>([...OPERATION_MEANINGS, ...OBSERVED].map((meaning) => [meaning.id, meaning]));

/**
 * Creates the function that tells about an operation's notes: in the log, in the deployment's record, on the event bus and in Slack.
 *
 * It returns false while Slack still has to accept the note. What the bus or Slack does not accept stays in the record for the next sweep.
 */
export function createOperationTeller(dependencies: TellOperationDependencies) {
  const { records } = dependencies;
  return async (request: OperationRequest, note: OperationNote, when?: "with the next"): Promise<boolean> => {
    sayInLog(request, note, dependencies);
    if (when === "with the next") return false;
    const { deploymentId, created, outcome } = request;
    const key = deploymentKey(created ?? deploymentId);
    const report = reportOfNote(request, note);
    const fold = (record: DeploymentRecord) => withNote(record, request, note, report);
    // Until the operation ends, the card continues as the new deployment's card.
    if (created !== undefined && outcome !== undefined)
      await amendRecord(records, deploymentKey(deploymentId), (record) => withOperation(record, request, note));
    // If a person was asked instead, they know already.
    const isKnown = note.step === "refused" && request.notes?.some(({ step }) => step === "asking") === true;
    const about = { requestId: requestIdOf(request.key), step: note.step };
    if (!isKnown && (await tellNow(key, about, dependencies, { fold, request }))) return true;
    // What is not told is written down all the same.
    const record = await amendRecord(records, key, fold);
    return isKnown || !report || isToldSomewhere(record, report.report.delivery);
  };
}

function sayInLog(request: OperationRequest, note: OperationNote, dependencies: TellOperationDependencies): void {
  const { deploymentId: deployment, created, requestedBy, approvedBy, operation, via } = request;
  dependencies.telemetry.log.info("Operation", {
    operation,
    requestId: requestIdOf(request.key),
    deployment,
    created,
    requestedBy: logged(requestedBy),
    ...note,
  });
  if (note.step === request.outcome?.result) {
    audit(dependencies, request, { what: "ended", via, by: requestedBy, approvedBy: approvedBy?.by, result: note.step });
  }
}

/** What the note tells in an entry of its own; undefined if only the card shows it. */
function reportOfNote(request: OperationRequest, { step, run, at, said, calls }: OperationNote): NewReport | undefined {
  const { deploymentId, created, operation, key } = request;
  const meaning = MEANINGS.get(step === "stuck" ? "provisioning-stuck" : signalOfStep(operation, step));
  if (!meaning) return undefined;
  const requestId = requestIdOf(key) ?? "";
  const report: Report = {
    delivery: `operation|${requestId}|${run}|${step}`,
    source: "operation",
    signal: meaning.id,
    at,
    sourceIdentifier: created ?? deploymentId,
    message: "",
    said,
    ...(calls && { calls }),
    reading: { operation: { name: operation, requestId } },
  };
  return { meaning, report };
}

/** What telling about operations needs from the outside. */
export interface TellOperationDependencies extends TellDependencies {
  /** Milliseconds that telling may take. */
  tellBudgetMs: number;
  /** What the operation has just seen of a deployment, if it has; RDS is asked where this is omitted. */
  latest?(id: string): Promise<LatestLook | undefined>;
}

/** What is known of a deployment besides its record. */
interface Known {
  /** The request of the operation on it, as just read or written. */
  request?: OperationRequest;
  /** What is new in its record. */
  fold?(record: DeploymentRecord): DeploymentRecord;
  /** Its record as just read or written. */
  record?: DeploymentRecord;
  /** What RDS shows of it; it is asked if omitted. */
  look?: LookAtRds;
}

/**
 * Writes down what is new of the deployment and tells Slack of it. True if that is written down and nothing of it is left to tell. Only logs
 * a failure: what is in the record is told by the next sweep.
 */
export async function tellNow(
  key: string,
  about: Record<string, unknown>,
  dependencies: TellOperationDependencies,
  { fold = (it) => it, request, ...known }: Known = {},
): Promise<boolean> {
  const { telemetry, time, tellBudgetMs, records } = dependencies;
  if (tellBudgetMs === 0) return false;
  const failed = (error: unknown) => telemetry.log.error(error instanceof Error ? error.message : String(error), about);
  try {
    const record = known.record ?? (await records.read<DeploymentRecord>(key)) ?? newRecord(key);
    // It may be one that is not watched.
    if (!hasUntold(fold(record))) return false;
    const found: News = known.look
      ? { look: known.look, lookedAt: record.seenAt, fold: (it) => it }
      : await newsNow(key, record, dependencies);
    const reads = readingOnce(records, request ? [request] : []);
    const news: News = { ...found, fold: (it) => found.fold(fold(it)), record, reads };
    // Its own last message may be a second old: emptying the channel would cost more than that second.
    const { ends, refusals } = await tell(new Map([[key, news]]), randomUUID(), time.now() + tellBudgetMs, dependencies, "always");
    const end = ends.get(key);
    for (const { error } of refusals) failed(error);
    if (refusals.length === 0 && end?.end === "failed") failed(end.error);
    return refusals.length === 0 && end?.end === "told";
  } catch (error) {
    failed(error);
    return false;
  }
}

/** What RDS shows of the deployment: what the operation has just seen, unless more is known since. */
async function newsNow(key: string, { seenAt = "" }: DeploymentRecord, dependencies: TellOperationDependencies): Promise<News> {
  const { latest, stuckAfterHours, time } = dependencies;
  const look = await latest?.(deploymentIdOf(key) ?? "");
  if (!look || new Date(look.at).toISOString() < seenAt) return newsOf(key, [], time.now(), dependencies);
  return newsBy({ view: look.view }, [], look.at, stuckAfterHours);
}

/** Where it stands in one of its channels, people know, and can press. */
function isToldSomewhere(record: DeploymentRecord, delivery: string): boolean {
  const fact = record.facts.find(({ reports }) => reports.some((report) => report.delivery === delivery));
  return fact !== undefined && (fact.toldBy !== undefined || channelsOf(fact).some((channel) => isToldIn(record, fact, channel)));
}

/** The record with what its card says of the operation, and with what an entry is to say. */
function withNote(record: DeploymentRecord, request: OperationRequest, note: OperationNote, report?: NewReport): DeploymentRecord {
  const shown = withOperation(record, request, note);
  return report ? withReports(shown, [report]) : shown;
}

function withOperation(record: DeploymentRecord, request: OperationRequest, note: OperationNote): DeploymentRecord {
  const isCreated = request.created !== undefined && record.key === deploymentKey(request.created);
  const operation = operationAfter(record.operation ?? (isCreated ? begun(request) : undefined), request, note);
  if (operation === record.operation) return record;
  // The card of what has replaced it shows that.
  return { ...record, operation, refresh: record.continuedBy === undefined || record.refresh, sees: undefined };
}

/** The operation as the card of the deployment that it created shows it at first. */
function begun({ operation: name, key, notes = [] }: OperationRequest): RecordedOperation | undefined {
  const started = notes.findLast(({ step }) => step === "started");
  return started && { name, requestId: requestIdOf(key) ?? "", since: started.at, creates: true };
}

function operationAfter(
  before: RecordedOperation | undefined,
  request: OperationRequest,
  note: OperationNote,
): RecordedOperation | undefined {
  const { operation: name, created, deletedAt } = request;
  const requestId = requestIdOf(request.key) ?? "";
  const { step, said, at } = note;
  if (step === "started") return before?.since === at ? before : { name, requestId, since: at, step, said };
  if (before?.requestId !== requestId) return before;
  if (request.outcome === undefined) {
    const isKnown = isSame(before.said, said);
    // What it waits for, or is stuck at, shows under the current step.
    const reached = request.notes?.findLast((it) => isProgress(name, it.step))?.step ?? before.step;
    return isKnown ? before : { ...before, step: isProgress(name, step) ? step : reached, said, shows: undefined };
  }
  if (request.outcome.result === "done" || created !== undefined || deletedAt === undefined) return undefined;
  if (before.failed !== undefined) return before;
  return { ...before, failed: request.outcome.said, ...(request.outcome.result === "cancelled" && { cancelled: true as const }) };
}
