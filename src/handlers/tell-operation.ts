import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import { withReport } from "../deployments/facts.ts";
import { OBSERVED } from "../deployments/observed.ts";
import { OPERATED, operatedSignal } from "../deployments/operated.ts";
import { type DeploymentRecord, deploymentKey, type RecordedOperation } from "../deployments/record.ts";
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
      return facts === record.facts ? record : { ...record, facts };
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
  if (note.step === "started") return before?.since === note.at ? before : { name, requestId, since: note.at };
  if (before?.requestId !== requestId || request.outcome === undefined) return before;
  if (request.outcome.result === "done" || created !== undefined || deletedAt === undefined) return undefined;
  return before.failed === undefined ? { ...before, failed: request.outcome.text } : before;
}
