import type { DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import { rdsName } from "../../deployments/arn.ts";
import { takeBlue } from "../claim.ts";
import type { OperationOutput } from "../end.ts";
import { FinalError } from "../final-error.ts";
import { writeNote } from "../notes.ts";
import type { OperationNote, OperationRequest } from "../request.ts";
import { amendRequest } from "../requests.ts";
import { retryStrategy } from "../retry.ts";
import type { Look } from "../waiting/look.ts";
import { type WaitOptions, waitUntilDone } from "../waiting/wait.ts";
import { createWorkflow, type OperationInput, type Running, tellStep } from "../workflow.ts";
import { lookBuilt } from "./building.ts";
import { consider, considerPlan, lookSettled, noteSettled, whyCancelled } from "./by-itself.ts";
import { deleteGreen, lookGone, unprotect } from "./deletion.ts";
import type { RecreatePorts } from "./ports.ts";
import { createAgain, intend } from "./steps.ts";
import { announcementWords, askingWords, startedWords, stuckWords } from "./words.ts";

/** A recreation under way. */
interface Recreation extends Running {
  ports: RecreatePorts;
}

/**
 * Creates the workflow that deletes a deployment with its green and creates it again from its own spec.
 *
 * Lambda replays executions under way by the names and order of its operations: changing these breaks those executions.
 */
export function createRecreate(ports: RecreatePorts): DurableExecutionHandler<OperationInput, OperationOutput> {
  return createWorkflow(ports, async (running) => {
    const recreation: Recreation = { ...running, ports };
    if (running.request.via === "policy") await beginByItself(recreation);
    const said = await recreate(recreation);
    return said === undefined ? {} : { result: "done", reason: said };
  });
}

/** What the policy does before it starts: makes sure, announces, and waits until the DDL settles. @throws FinalError if it cannot go on */
async function beginByItself(running: Recreation): Promise<void> {
  const { context, requestId, execution, request, ports } = running;
  const doubt = await context.step("consider", () => consider(request, requestId, ports).then((it) => it ?? ""), { retryStrategy });
  if (doubt !== "") return ask(running, doubt);
  const announced = await announce(running);
  if (!announced) return ask(running, "Slack did not take the announcement, so nobody could have held it.");
  const settled = await waitUntilDone(running, "settled", { look: (it) => lookSettled(it, requestId, announced, ports) }, ports);
  if (settled.broken !== undefined) throw new FinalError(settled.broken);
  const most = ports.automatic.maxRecreatesPerDay;
  const take = async () => {
    await noteSettled(requestId, ports);
    return (await considerPlan(request, requestId, ports)) ?? (await takeBlue(request, requestId, execution, ports, most)) ?? "";
  };
  const refusal = await context.step("claim blue", take, { retryStrategy });
  if (refusal !== "") return ask(running, refusal);
}

async function ask(running: Recreation, doubt: string): Promise<never> {
  await tellStep(running.context, running.requestId, "asking", askingWords(running.request, doubt), running.ports);
  throw new FinalError(`A person is asked: ${doubt}`);
}

const SLACK_HAS_SECONDS = 600;
const SLACK_AGAIN_SECONDS = 20;

/** Announces what will be done; undefined if Slack has not accepted it within ten minutes. @throws FinalError if somebody cancelled it */
async function announce(running: Recreation): Promise<OperationNote | undefined> {
  const { context, requestId, request, ports } = running;
  const { settleMinutes } = ports.automatic;
  const text = announcementWords(request, settleMinutes);
  const write = async () => {
    await amendRequest(ports.records, requestId, (it) => (it.settleMinutes === settleMinutes ? it : { ...it, settleMinutes }));
    return writeNote(requestId, "announced", text, ports);
  };
  const { note } = await context.step("announce", write, { retryStrategy });
  const until = Date.parse(note.at) + SLACK_HAS_SECONDS * 1_000;
  const look = async (it: OperationRequest | undefined): Promise<Look> => {
    const cancelled = it && whyCancelled(it);
    if (cancelled !== undefined) return { done: false, broken: cancelled, said: cancelled };
    const done = await ports.tell(request, note);
    return { done, broken: !done && ports.now() >= until ? "not taken" : undefined, within: SLACK_AGAIN_SECONDS };
  };
  const { broken, said } = await waitUntilDone(running, "announced", { look }, ports);
  if (said !== undefined) throw new FinalError(said);
  return broken === undefined ? note : undefined;
}

/** Returns what a person should know of how it is done. */
async function recreate(running: Recreation): Promise<string | undefined> {
  const { context, requestId, execution, request, ports } = running;
  const intent = await context.step("intend", () => intend(request, requestId, execution, ports), { retryStrategy });
  await tellStep(context, requestId, "started", startedWords(request, intent), ports);
  for (const arn of request.deletionBegunAt === undefined ? intent.protectedGreens : []) {
    await context.step(`unprotect ${rdsName(arn).name}`, () => unprotect(requestId, execution, arn, intent, ports), { retryStrategy });
  }
  await context.step("delete", () => deleteGreen(requestId, execution, intent, ports), { retryStrategy });
  const deleting =
    request.deletedAt === undefined ? "RDS deletes it with everything green." : "It is deleted already, with everything green.";
  await tellStep(context, requestId, "deleting", deleting, ports);
  await wait(running, "gone", (it, unmoved) => lookGone(it, requestId, intent, unmoved, ports));
  await tellStep(context, requestId, "creating", "Everything green is gone. The creation comes next.", ports, "with the next");
  const created = await context.step("create", () => createAgain(requestId, execution, intent, ports), { retryStrategy });
  const words = `Created as ${intent.create.BlueGreenDeploymentName} (${created}): RDS is building green.`;
  await tellStep(context, requestId, "building", words, ports);
  running.request = { ...request, created };
  return wait(running, "built", (it, unmoved, shown) => lookBuilt(it, requestId, created, { unmoved, shown }, ports));
}

/** Waits for what RDS does, returns what is said of how it is done, and says so if nothing moves for hours. @throws FinalError if it will never be done */
async function wait(running: Recreation, name: string, look: WaitOptions["look"]): Promise<string | undefined> {
  const { requestId, ports } = running;
  const stuck = {
    afterSeconds: ports.stuckAfterHours * 3_600,
    async tell(shows = "the deletion") {
      const words = stuckWords(running.request, ports.stuckAfterHours, shows);
      const { request, note } = await writeNote(requestId, "stuck", words, ports);
      await ports.tell(request, note);
    },
  };
  const { broken, said } = await waitUntilDone(running, name, { look, stuck }, ports);
  if (broken !== undefined) throw new FinalError(broken);
  return said;
}
