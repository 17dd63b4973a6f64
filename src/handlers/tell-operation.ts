import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import { type Fact, withReport } from "../deployments/facts.ts";
import { OBSERVED } from "../deployments/observed.ts";
import { OPERATED, operatedSignal } from "../deployments/operated.ts";
import { type DeploymentRecord, deploymentKey, type RecordedOperation } from "../deployments/record.ts";
import { operationSummary } from "../deployments/summary.ts";
import type { OperationNote, OperationRequest } from "../operations/request.ts";
import { requestIdOf } from "../operations/request.ts";
import { amend } from "./amend.ts";
import { type PublishDependencies, publish } from "./publish.ts";
import { inSpan } from "./telemetry.ts";
import { type TellDependencies, tellWaiting } from "./tell.ts";

/** What telling of operations needs of the outside. */
export interface TellOperationDependencies extends PublishDependencies, TellDependencies {
  rds: PublishDependencies["rds"] & TellDependencies["rds"];
  /** The invocation in which it is told. */
  context(): Context;
  /** Milliseconds that telling may take. */
  tellBudgetMs: number;
}

/** How long the functions of operations go on telling at a time. */
export const TELL_BUDGET_MS = 30_000;

const MEANINGS = new Map([...OPERATED, ...OBSERVED].map((meaning) => [meaning.id, meaning]));

/**
 * Makes what tells of an operation's notes: in its log line, in the deployment's record, on the event bus and in Slack.
 *
 * The answer says whether Slack has taken it. What the bus or Slack does not take now stands in the record, and the next sweep tells it.
 */
export function createOperationTeller(dependencies: TellOperationDependencies) {
  const { records, telemetry, time } = dependencies;
  return async (request: OperationRequest, note: OperationNote): Promise<boolean> => {
    const requestId = requestIdOf(request.key) ?? "";
    const { deploymentId, created, requestedBy, operation } = request;
    telemetry.log.info("Operation", { operation, requestId, deployment: deploymentId, created, requestedBy, ...note });
    if (note.step === request.outcome?.result) audit(request, requestId, dependencies);
    const key = deploymentKey(created ?? deploymentId);
    const delivery = `operation|${requestId}|${note.run}|${note.step}`;
    await amend(records, deploymentKey(deploymentId), (record) => withOperation(record, request, note));
    const meaning = MEANINGS.get(note.step === "stuck" ? "provisioning-stuck" : operatedSignal(operation, note.step));
    // Where a person was asked instead, that was said.
    if (!meaning || (note.step === "refused" && request.notes?.some(({ step }) => step === "asking"))) return true;
    const told = await amend(records, key, (record) => {
      const reading = { operation: { name: operation, requestId }, ...(note.step === "stuck" && { reason: note.text }) };
      const report = { delivery, signal: meaning.id, at: note.at, sourceIdentifier: created ?? deploymentId, message: note.text, reading };
      const facts = withReport(record.facts, meaning, report);
      return facts === record.facts ? record : { ...record, facts: withoutHold(facts, requestId, note.step) };
    });
    if (isTold(told, delivery)) return true;
    try {
      await publish(key, dependencies.context(), dependencies);
      const until = time.now() + dependencies.tellBudgetMs;
      await inSpan(telemetry, "Operation", (span) => tellWaiting(new Map([[key, span]]), randomUUID(), until, dependencies));
    } catch (error) {
      telemetry.log.error(error instanceof Error ? error.message : String(error), { requestId, step: note.step });
    }
    return isTold(await records.read<DeploymentRecord>(key), delivery);
  };
}

/** The announcement is shown again, without its button, once something came of it. */
function withoutHold(facts: readonly Fact[], requestId: string, step: OperationNote["step"]): readonly Fact[] {
  if (step === "announced") return facts;
  const isIts = ({ signal, reports }: Fact) =>
    signal === "recreate-announced" && reports.some(({ reading }) => reading.operation?.requestId === requestId);
  return facts.map((fact) => (isIts(fact) && fact.shown > 0 ? { ...fact, shown: 0 } : fact));
}

/** How long the card of an operation that waits is left alone, but for what the operation says itself. */
const CARD_REST_MS = 60_000;

/** When this process last looked whether a card is out of date, by the request of the operation: milliseconds since 1970. */
export type Pulsed = Map<string, number>;

/** Makes what brings a card up to date while its operation waits: with what moves and for how long, at most once a minute. */
export function createOperationPulse(dependencies: TellOperationDependencies, pulsed: Pulsed) {
  const { records, telemetry, time } = dependencies;
  return async ({ deploymentId, key: requestKey }: OperationRequest, shows: string | undefined): Promise<void> => {
    const key = deploymentKey(deploymentId);
    const now = time.now();
    if (now - (pulsed.get(requestKey) ?? 0) < CARD_REST_MS) return;
    pulsed.set(requestKey, now);
    const changed = await amend(records, key, (record) => {
      const { operation } = record;
      if (!operation || operation.requestId !== requestIdOf(requestKey) || record.continuedBy !== undefined) return record;
      const shownAt = Date.parse(operation.shownAt ?? operation.since);
      if (now - shownAt < CARD_REST_MS) return record;
      const before = operationSummary(operation, shownAt);
      const after = operationSummary({ ...operation, shows }, now);
      if (before.elapsed === after.elapsed && before.shows === after.shows) return record;
      return { ...record, operation: { ...operation, shows, shownAt: new Date(now).toISOString() }, refresh: true };
    });
    if (changed.operation?.shownAt !== new Date(now).toISOString()) return;
    try {
      const until = now + dependencies.tellBudgetMs;
      await inSpan(telemetry, "Operation", (span) => tellWaiting(new Map([[key, span]]), randomUUID(), until, dependencies));
    } catch (error) {
      // The record still says that the card is out of date: the next sweep brings it up to date.
      telemetry.log.error(error instanceof Error ? error.message : String(error), { requestId: requestIdOf(requestKey) });
    }
  };
}

/** What came of an operation, for whoever asks later who did what. */
function audit(request: OperationRequest, requestId: string, { telemetry }: Pick<TellOperationDependencies, "telemetry">): void {
  const { operation, deploymentId: deployment, requestedBy: by, approvedBy, via, outcome } = request;
  const details = { via, operation, requestId, deployment, by, approvedBy: approvedBy?.by, result: outcome?.result };
  telemetry.log.info("Audit", { what: "ended", ...details });
}

function isTold(record: DeploymentRecord | undefined, delivery: string): boolean {
  const fact = record?.facts.find(({ reports }) => reports.some((report) => report.delivery === delivery));
  return fact !== undefined && fact.shown >= fact.reports.length;
}

/** What the card of the deployment that is operated on says of it. */
function withOperation(record: DeploymentRecord, request: OperationRequest, note: OperationNote): DeploymentRecord {
  const operation = operationAfter(record.operation, request, note);
  return operation === record.operation ? record : { ...record, operation, refresh: true };
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
  if (request.outcome === undefined) return before.step === step ? before : { ...before, step, text, shows: undefined };
  if (request.outcome.result === "done" || created !== undefined || deletedAt === undefined) return undefined;
  return before.failed === undefined ? { ...before, failed: request.outcome.text } : before;
}
