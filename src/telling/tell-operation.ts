import { randomUUID } from "node:crypto";
import type { Records } from "../clients/records.ts";
import { type Report, withReport } from "../facts/facts.ts";
import { isTold } from "../facts/posts.ts";
import { type DeploymentRecord, deploymentKey, hasUntold, type RecordedOperation } from "../facts/record.ts";
import { amendRecord } from "../operations/amend-record.ts";
import { audit } from "../operations/audit.ts";
import { isProgress } from "../operations/read/under-way.ts";
import type { OperationNote, OperationRequest } from "../operations/request.ts";
import { requestIdOf } from "../operations/request.ts";
import { OPERATION_MEANINGS, signalOfStep } from "../operations/signals.ts";
import { OBSERVED } from "../standing/observed.ts";
import { type News, newsOf } from "./news.ts";
import { type TellDependencies, tell } from "./tell.ts";

const MEANINGS = new Map([...OPERATION_MEANINGS, ...OBSERVED].map((meaning) => [meaning.id, meaning]));

/**
 * Creates the function that tells about an operation's notes: in the log, in the deployment's record, on the event bus and in Slack.
 *
 * It returns false while Slack still has to accept the note. What the bus or Slack does not accept stays in the record for the next sweep.
 */
export function createOperationTeller(dependencies: TellOperationDependencies) {
  const { records, telemetry } = dependencies;
  return async (request: OperationRequest, note: OperationNote): Promise<boolean> => {
    const requestId = requestIdOf(request.key) ?? "";
    const { deploymentId, created, requestedBy, approvedBy, operation, via } = request;
    telemetry.log.info("Operation", { operation, requestId, deployment: deploymentId, created, requestedBy, ...note });
    if (note.step === request.outcome?.result) {
      audit(dependencies, request, { what: "ended", via, by: requestedBy, approvedBy: approvedBy?.by, result: note.step });
    }
    const key = deploymentKey(created ?? deploymentId);
    const delivery = `operation|${requestId}|${note.run}|${note.step}`;
    await recordOperation(records, request, note);
    const meaning = MEANINGS.get(note.step === "stuck" ? "provisioning-stuck" : signalOfStep(operation, note.step));
    // If a person was asked instead, they know already.
    if (note.step === "refused" && request.notes?.some(({ step }) => step === "asking")) return true;
    if (!meaning) {
      await tellNow(key, { requestId, step: note.step }, dependencies);
      return true;
    }
    const told = await amendRecord(records, key, (record) => {
      const reading = { operation: { name: operation, requestId }, ...(note.step === "stuck" && { reason: note.text }) };
      const report: Report = {
        delivery,
        source: "operation",
        signal: meaning.id,
        at: note.at,
        sourceIdentifier: created ?? deploymentId,
        message: note.text,
        reading,
      };
      const facts = withReport(record.facts, meaning, report, record.dropped);
      return facts === record.facts ? record : { ...record, facts, sees: undefined };
    });
    if (isToldIn(told, delivery)) return true;
    if (await tellNow(key, { requestId, step: note.step }, dependencies, { record: told })) return true;
    return isToldIn(await records.read<DeploymentRecord>(key), delivery);
  };
}

/** What telling about operations needs from the outside. */
export interface TellOperationDependencies extends TellDependencies {
  /** Milliseconds that telling may take. */
  tellBudgetMs: number;
}

/**
 * Tells Slack about the deployment; `known` is its record if it was just written, and what is new of it if RDS is not to be asked. True if
 * nothing of it is left to tell. Only logs a failure, since the record keeps what the next sweep still has to tell.
 */
export async function tellNow(
  key: string,
  about: Record<string, unknown>,
  dependencies: TellOperationDependencies,
  known: { record?: DeploymentRecord; news?: News } = {},
): Promise<boolean> {
  const { telemetry, time, tellBudgetMs } = dependencies;
  if (tellBudgetMs === 0) return false;
  const failed = (error: unknown) => telemetry.log.error(error instanceof Error ? error.message : String(error), about);
  try {
    const record = known.record ?? (await dependencies.records.read<DeploymentRecord>(key));
    // It may be one that is not watched.
    if (!record || !hasUntold(record)) return false;
    const now = time.now();
    const news = known.news ?? { ...(await newsOf(key, [], now, dependencies)), record };
    // Its own last message may be a second old: emptying the channel would cost more than that second.
    const { ends, refusal } = await tell(new Map([[key, news]]), randomUUID(), now + tellBudgetMs, dependencies, "always");
    const end = ends.get(key);
    if (refusal !== undefined) failed(refusal.error);
    else if (end?.end === "failed") failed(end.error);
    return refusal === undefined && end?.end === "told";
  } catch (error) {
    failed(error);
    return false;
  }
}

function isToldIn(record: DeploymentRecord | undefined, delivery: string): boolean {
  const fact = record?.facts.find(({ reports }) => reports.some((report) => report.delivery === delivery));
  return record !== undefined && fact !== undefined && isTold(record, fact);
}

/** Records what cards say about the operation: the card of its deployment and, once there is one, that of the deployment it created. */
async function recordOperation(records: Records, request: OperationRequest, note: OperationNote): Promise<void> {
  const { deploymentId, created, outcome } = request;
  const operated = deploymentKey(deploymentId);
  // Until the operation ends, the card continues as the new deployment's card.
  const { operation } =
    created === undefined || outcome !== undefined
      ? await amendRecord(records, operated, (record) => withOperation(record, record.operation, request, note))
      : ((await records.read<DeploymentRecord>(operated)) ?? {});
  if (created === undefined) return;
  const seed: RecordedOperation | undefined = operation && { ...operation, creates: true };
  await amendRecord(records, deploymentKey(created), (record) => withOperation(record, record.operation ?? seed, request, note));
}

function withOperation(
  record: DeploymentRecord,
  before: RecordedOperation | undefined,
  request: OperationRequest,
  note: OperationNote,
): DeploymentRecord {
  const operation = operationAfter(before, request, note);
  return operation === record.operation ? record : { ...record, operation, refresh: true, sees: undefined };
}

function operationAfter(
  before: RecordedOperation | undefined,
  request: OperationRequest,
  note: OperationNote,
): RecordedOperation | undefined {
  const { operation: name, created, deletedAt } = request;
  const requestId = requestIdOf(request.key) ?? "";
  const { step, text, at } = note;
  if (step === "started") return before?.since === at ? before : { name, requestId, since: at, step, text };
  if (before?.requestId !== requestId) return before;
  if (request.outcome === undefined) {
    const isSame = before.text === text;
    // What it waits for, or is stuck at, shows under the current step.
    return isSame ? before : { ...before, step: isProgress(name, step) ? step : before.step, text, shows: undefined };
  }
  if (request.outcome.result === "done" || created !== undefined || deletedAt === undefined) return undefined;
  if (before.failed !== undefined) return before;
  return { ...before, failed: request.outcome.text, ...(request.outcome.result === "cancelled" && { cancelled: true as const }) };
}
