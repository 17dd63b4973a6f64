import { isPosted } from "../../src/facts/posts.ts";
import { type DeploymentRecord, hasUntold } from "../../src/facts/record.ts";
import type { BlueItem } from "../../src/operations/claim.ts";
import { isUndecided, type OperationRequest, requestIdOf } from "../../src/operations/request.ts";
import { wordsOf } from "../support/operations/words.ts";
import { FOREIGN, SECRET } from "./people.ts";
import type { Stage } from "./stage.ts";

/** Judges, after days in which all went well, that everything has ended, and that everybody was told. */
export function judgeEnd(stage: Stage): void {
  const { guard, monitor, engine } = stage;
  const items = [...guard.outside.items.values()].map(({ item }) => item);
  const records = new Map(items.filter(({ key }) => key.startsWith("deployment#")).map((it) => [it.key, it as DeploymentRecord]));
  for (const item of items) {
    const id = requestIdOf(item.key);
    if (id !== undefined && !waitsForPerson(item as OperationRequest, stage)) judgeRequest(id, item as OperationRequest, records, monitor);
    if (item.key.startsWith("blue#")) judgeClaim(item as BlueItem, monitor, engine);
  }
  for (const record of records.values())
    if (hasUntold(record)) monitor.violate("ends that nobody was told", `${record.key} has more to tell`);
  const running = engine.executions.filter(({ status }) => status === "RUNNING");
  const forPerson = ({ requestId }: { requestId: string }) => waitsForPerson(monitor.request(requestId), stage);
  for (const { arn } of running.filter((it) => !forPerson(it)))
    monitor.violate("requests or claims that never ended", `${arn} is still running`);
  const all = JSON.stringify([items, guard.outside.messages, guard.outside.published]);
  if (all.includes(FOREIGN)) monitor.violate("never 8", "an event of another account was taken");
  if (all.includes(SECRET)) monitor.violate("never 10", "a response_url is kept or was sent");
}

/**
 * True if it waits for a person who was told so: where RDS will never do what it waits for, such as to build a deployment whose blue somebody
 * has deleted, or where it is unclear how an earlier operation on its blue ended.
 */
function waitsForPerson(request: OperationRequest | undefined, { guard, engine, monitor }: Stage): boolean {
  if (!request || !engine.isRunning(request.usedBy)) return false;
  const claim = (guard.outside.items.get(`blue#${request.blue}`)?.item as BlueItem | undefined)?.claim;
  const holder = claim?.unclear === undefined ? undefined : monitor.request(claim.requestId);
  if (request.via === "policy" && holder && isUndecided(holder)) return true;
  const id = request.created ?? request.deploymentId;
  const found = guard.worlds.flatMap(({ truth }) => truth.deployments).find((it) => it.id === id);
  const isStuck = request.notes?.some(({ step }) => step === "stuck") === true;
  return isStuck && found?.pairs.some(({ status }) => status.startsWith("MISSING_")) === true;
}

function judgeRequest(
  id: string,
  request: OperationRequest,
  records: ReadonlyMap<string, DeploymentRecord>,
  monitor: Stage["monitor"],
): void {
  const { outcome, usedBy, deploymentId, created, resumed, notes = [] } = request;
  if (!outcome) monitor.violate("requests or claims that never ended", `${id} (${request.via}, ${usedBy ?? "not begun"}) has no outcome`);
  if (!outcome || usedBy === undefined) return;
  const delivery = `operation|${id}|${resumed?.length ?? 0}|${outcome.result}`;
  // A person was asked instead.
  if (outcome.result === "refused" && notes.some(({ step }) => step === "asking")) return;
  const isTold = [deploymentId, created].some((it) => {
    const record = records.get(`deployment#${it}`);
    const fact = record?.facts.find(({ reports }) => reports.some((report) => report.delivery === delivery));
    const teller = record?.facts.find((it) => it.id === fact?.toldBy) ?? fact;
    return record !== undefined && teller !== undefined && isPosted(record, teller);
  });
  if (!isTold) monitor.violate("ends that nobody was told", `${id} ended ${outcome.result}: ${wordsOf(outcome)}`);
}

function judgeClaim({ key, claim }: BlueItem, monitor: Stage["monitor"], engine: Stage["engine"]): void {
  if (!claim || engine.isRunning(claim.owner)) return;
  const request = monitor.request(claim.requestId);
  if (claim.unclear !== undefined && request && isUndecided(request)) return;
  monitor.violate("requests or claims that never ended", `${key} is claimed by ${claim.owner}, which has ended`);
}
