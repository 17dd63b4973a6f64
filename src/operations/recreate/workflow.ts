import type { DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import { rdsName } from "../../deployments/arn.ts";
import { takeBlue } from "../claim.ts";
import type { OperationOutput } from "../end.ts";
import { FinalError } from "../final-error.ts";
import { writeNote } from "../notes.ts";
import type { OperationNote, OperationRequest, RecreateIntent } from "../request.ts";
import { amendRequest } from "../requests.ts";
import { retryStrategy } from "../retry.ts";
import { askerOf, namedIn } from "../says/asker.ts";
import type { Reason } from "../says/reasons.ts";
import type { Said } from "../says/sayings.ts";
import type { Shown } from "../says/shown.ts";
import type { Look } from "../waiting/look.ts";
import { type WaitOptions, waitUntilDone } from "../waiting/wait.ts";
import { createWorkflow, type OperationInput, type Running, tellStep } from "../workflow.ts";
import { lookBuilt } from "./building.ts";
import { consider, considerPlan, lookSettled, noteSettled, whyCancelled } from "./by-itself.ts";
import { deleteGreen, lookGone, unprotect } from "./deletion.ts";
import type { RecreatePorts } from "./ports.ts";
import { createAgain, intend } from "./steps.ts";

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
  const doubt = await context.step("consider", () => consider(request, requestId, ports).then((it) => it ?? null), { retryStrategy });
  if (doubt !== null) return ask(running, doubt);
  const announced = await announce(running);
  if (!announced) return ask(running, { code: "announcement-not-taken" });
  const settled = await waitUntilDone(running, "settled", { look: (it) => lookSettled(it, requestId, announced, ports) }, ports);
  if (settled.broken !== undefined) throw new FinalError(settled.broken);
  const most = ports.automatic.maxRecreatesPerDay;
  const take = async () => {
    await noteSettled(requestId, ports);
    return (await considerPlan(request, requestId, ports)) ?? (await takeBlue(request, requestId, execution, ports, most)) ?? null;
  };
  const refusal = await context.step("claim blue", take, { retryStrategy });
  if (refusal !== null) return ask(running, refusal);
}

async function ask({ context, requestId, request, ports }: Recreation, doubt: Reason): Promise<never> {
  await tellStep(context, requestId, "asking", { code: "asking", deployment: namedIn(request), doubt }, ports);
  throw new FinalError({ code: "a-person-is-asked", doubt });
}

const SLACK_HAS_SECONDS = 600;
const SLACK_AGAIN_SECONDS = 20;

/** Announces what will be done; undefined if Slack has not accepted it within ten minutes. @throws FinalError if somebody cancelled it */
async function announce(running: Recreation): Promise<OperationNote | undefined> {
  const { context, requestId, request, ports } = running;
  const { settleMinutes } = ports.automatic;
  const said: Said = { code: "announced", deployment: namedIn(request), settleMinutes };
  const write = async () => {
    await amendRequest(ports.records, requestId, (it) => (it.settleMinutes === settleMinutes ? it : { ...it, settleMinutes }));
    return writeNote(requestId, "announced", said, ports);
  };
  const { note } = await context.step("announce", write, { retryStrategy });
  const until = Date.parse(note.at) + SLACK_HAS_SECONDS * 1_000;
  const look = async (it: OperationRequest | undefined): Promise<Look> => {
    const cancelled = it && whyCancelled(it);
    if (cancelled !== undefined) return { done: false, broken: cancelled, said: cancelled };
    const done = await ports.tell(request, note);
    return { done, broken: !done && ports.now() >= until ? { code: "announcement-not-taken" } : undefined, within: SLACK_AGAIN_SECONDS };
  };
  const { broken, said: held } = await waitUntilDone(running, "announced", { look }, ports);
  if (held !== undefined) throw new FinalError(held);
  return broken === undefined ? note : undefined;
}

/** Returns what a person should know of how it is done. */
async function recreate(running: Recreation): Promise<Reason | undefined> {
  const { context, requestId, execution, request, ports } = running;
  const intent = await context.step("intend", () => intend(request, requestId, execution, ports), { retryStrategy });
  await tellStep(context, requestId, "started", begins(request, intent), ports);
  for (const arn of request.deletionBegunAt === undefined ? intent.protectedGreens : []) {
    await context.step(`unprotect ${rdsName(arn).name}`, () => unprotect(requestId, execution, arn, intent, ports), { retryStrategy });
  }
  await context.step("delete", () => deleteGreen(requestId, execution, intent, ports), { retryStrategy });
  const code = request.deletedAt === undefined ? "green-being-deleted" : "green-deleted-before";
  await tellStep(context, requestId, "deleting", { code }, ports);
  await wait(running, "gone", (it, unmoved) => lookGone(it, requestId, intent, unmoved, ports));
  await tellStep(context, requestId, "creating", { code: "green-gone" }, ports, "with the next");
  const created = await context.step("create", () => createAgain(requestId, execution, intent, ports), { retryStrategy });
  const newName = intent.create.BlueGreenDeploymentName;
  await tellStep(context, requestId, "building", { code: "green-being-built", newName, id: created }, ports);
  running.request = { ...request, created };
  return wait(running, "built", (it, unmoved, shown) => lookBuilt(it, requestId, created, { unmoved, shown }, ports));
}

/** What is about to be done, and who wants it. */
function begins(request: OperationRequest, { greens, create, protectedGreens }: RecreateIntent): Said {
  const about = { asker: askerOf(request), deployment: namedIn(request), newName: create.BlueGreenDeploymentName ?? "" };
  // It goes on after the deletion: there is nothing left to delete.
  if (request.deletedAt !== undefined) return { code: "recreation-goes-on", ...about };
  return { code: "recreation-begins", ...about, greens: greens.map((arn) => rdsName(arn).name), unprotects: protectedGreens.length > 0 };
}

/** Waits for what RDS does, returns what is said of how it is done, and says so if nothing moves for hours. @throws FinalError if it will never be done */
async function wait(running: Recreation, name: string, look: WaitOptions["look"]): Promise<Reason | undefined> {
  const { requestId, ports } = running;
  const stuck = {
    afterSeconds: ports.stuckAfterHours * 3_600,
    async tell(shows?: Shown) {
      const said: Said = { code: "stuck", deployment: namedIn(running.request), hours: ports.stuckAfterHours, ...(shows && { shows }) };
      const { request, note } = await writeNote(requestId, "stuck", said, ports);
      await ports.tell(request, note);
    },
  };
  const { broken, said } = await waitUntilDone(running, name, { look, stuck }, ports);
  if (broken !== undefined) throw new FinalError(broken);
  return said;
}
