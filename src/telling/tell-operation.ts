import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import type { Records } from "../clients/records.ts";
import { type Fact, withReport } from "../facts/facts.ts";
import { OBSERVED } from "../facts/observed.ts";
import { type DeploymentRecord, deploymentKey, type RecordedOperation } from "../facts/record.ts";
import { audit } from "../operations/audit.ts";
import type { OperationNote, OperationRequest } from "../operations/request.ts";
import { requestIdOf } from "../operations/request.ts";
import { OPERATION_MEANINGS, signalOfStep } from "../operations/signals.ts";
import { isProgress } from "../operations/under-way.ts";
import { amend } from "./amend.ts";
import { type PublishDependencies, publish } from "./publish.ts";
import { inSpan } from "./span.ts";
import { type TellDependencies, tellWaiting } from "./tell.ts";

const MEANINGS = new Map([...OPERATION_MEANINGS, ...OBSERVED].map((meaning) => [meaning.id, meaning]));

/**
 * Makes what tells of an operation's notes: in its log line, in the deployment's record, on the event bus and in Slack.
 *
 * The answer says whether Slack has taken it. What the bus or Slack does not take now stands in the record, and the next sweep tells it.
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
    // Where a person was asked instead, that was said.
    if (note.step === "refused" && request.notes?.some(({ step }) => step === "asking")) return true;
    if (!meaning) {
      await tellNow(key, { requestId, step: note.step }, dependencies);
      return true;
    }
    const told = await amend(records, key, (record) => {
      const reading = { operation: { name: operation, requestId }, ...(note.step === "stuck" && { reason: note.text }) };
      const report = { delivery, signal: meaning.id, at: note.at, sourceIdentifier: created ?? deploymentId, message: note.text, reading };
      const facts = withReport(record.facts, meaning, report);
      return facts === record.facts ? record : { ...record, facts: withoutHold(facts, requestId, note.step) };
    });
    if (isTold(told, delivery)) return true;
    await tellNow(key, { requestId, step: note.step }, dependencies, () => publish(key, dependencies.context(), dependencies));
    return isTold(await records.read<DeploymentRecord>(key), delivery);
  };
}

/** What telling of operations needs of the outside. */
export interface TellOperationDependencies extends PublishDependencies, TellDependencies {
  rds: PublishDependencies["rds"] & TellDependencies["rds"];
  /** The invocation in which it is told. */
  context(): Context;
  /** Milliseconds that telling may take. */
  tellBudgetMs: number;
}

/** Tells Slack of the deployment, after `first`; what fails is logged, since the record says what is still to be told to the next sweep. */
export async function tellNow(
  key: string,
  about: Record<string, unknown>,
  dependencies: TellOperationDependencies,
  first: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const { telemetry, time, tellBudgetMs } = dependencies;
  try {
    await first();
    const until = time.now() + tellBudgetMs;
    await inSpan(telemetry, "Operation", (span) => tellWaiting(new Map([[key, span]]), randomUUID(), until, dependencies));
  } catch (error) {
    telemetry.log.error(error instanceof Error ? error.message : String(error), about);
  }
}

/** The announcement is shown again, without its button, once something came of it. */
function withoutHold(facts: readonly Fact[], requestId: string, step: OperationNote["step"]): readonly Fact[] {
  if (step === "announced") return facts;
  const isIts = ({ signal, reports }: Fact) =>
    signal === "recreate-announced" && reports.some(({ reading }) => reading.operation?.requestId === requestId);
  return facts.map((fact) => (isIts(fact) && fact.shown > 0 ? { ...fact, shown: 0 } : fact));
}

function isTold(record: DeploymentRecord | undefined, delivery: string): boolean {
  const fact = record?.facts.find(({ reports }) => reports.some((report) => report.delivery === delivery));
  return fact !== undefined && fact.shown >= fact.reports.length;
}

/** Writes down what cards say of it: the one of the deployment that is operated on and, once there is one, that of what it has created. */
async function recordOperation(records: Records, request: OperationRequest, note: OperationNote): Promise<void> {
  const { deploymentId, created, outcome } = request;
  const operated = deploymentKey(deploymentId);
  // Until it ends the card goes on as that of the deployment that was created.
  const { operation } =
    created === undefined || outcome !== undefined
      ? await amend(records, operated, (record) => withOperation(record, record.operation, request, note))
      : ((await records.read<DeploymentRecord>(operated)) ?? {});
  if (created === undefined) return;
  const seed: RecordedOperation | undefined = operation && { ...operation, creates: true };
  await amend(records, deploymentKey(created), (record) => withOperation(record, record.operation ?? seed, request, note));
}

function withOperation(
  record: DeploymentRecord,
  before: RecordedOperation | undefined,
  request: OperationRequest,
  note: OperationNote,
): DeploymentRecord {
  const operation = operationAfter(before, request, note);
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
  if (request.outcome === undefined) {
    const isSame = before.text === text;
    // What it waits for, or is stuck at, is said at the step where it is.
    return isSame ? before : { ...before, step: isProgress(name, step) ? step : before.step, text, shows: undefined };
  }
  if (request.outcome.result === "done" || created !== undefined || deletedAt === undefined) return undefined;
  return before.failed === undefined ? { ...before, failed: request.outcome.text } : before;
}
