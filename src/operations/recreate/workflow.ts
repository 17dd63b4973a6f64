import type { DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import { rdsName } from "../../deployments/arn.ts";
import { takeBlue } from "../claim.ts";
import type { OperationOutput } from "../end.ts";
import { FinalError } from "../final-error.ts";
import { writeNote } from "../notes.ts";
import { retryStrategy, waitUntilDone } from "../polling.ts";
import type { OperationNote } from "../request.ts";
import { amendRequest } from "../requests.ts";
import { createWorkflow, type OperationInput, type Running, tellStep } from "../workflow.ts";
import { consider, considerPlan, lookSettled } from "./by-itself.ts";
import type { RecreatePorts } from "./ports.ts";
import { createAgain, deleteGreen, intend, isGone, lookBuilt, unprotect } from "./steps.ts";
import { announcementWords, askingWords, startedWords, stuckWords } from "./words.ts";

/** A recreation under way. */
interface Recreation extends Running {
  ports: RecreatePorts;
  /** Seconds waited so far. */
  waited: number;
}

/**
 * Creates the workflow that deletes a deployment with its green and creates it again from its own spec.
 *
 * Lambda replays executions under way by the names and order of its operations: changing these breaks those executions.
 */
export function createRecreate(ports: RecreatePorts): DurableExecutionHandler<OperationInput, OperationOutput> {
  return createWorkflow(ports, async (running) => {
    const recreation: Recreation = { ...running, ports, waited: 0 };
    if (running.request.via === "policy") await beginByItself(recreation);
    await recreate(recreation);
    return {};
  });
}

/** What the policy does before it starts: makes sure, announces, and waits until the DDL settles. @throws FinalError if it cannot go on */
async function beginByItself(running: Recreation): Promise<void> {
  const { context, requestId, execution, request, ports } = running;
  const doubt = await context.step("consider", () => consider(request, requestId, ports).then((it) => it ?? ""), { retryStrategy });
  if (doubt !== "") return ask(running, doubt);
  const announced = await announce(running);
  if (!announced) return ask(running, "Slack did not take the announcement, so nobody could have held it.");
  const settled = await waitUntilDone(context, "settled", { look: () => lookSettled(request, requestId, announced, ports) });
  running.waited = settled.waited;
  if (settled.broken !== undefined) throw new FinalError(settled.broken);
  const most = ports.automatic.maxRecreatesPerDay;
  const take = async () =>
    (await considerPlan(request, requestId, ports)) ?? (await takeBlue(request, requestId, execution, ports, most)) ?? "";
  const refusal = await context.step("claim blue", take, { retryStrategy });
  if (refusal !== "") return ask(running, refusal);
}

async function ask(running: Recreation, doubt: string): Promise<never> {
  await tellStep(running.context, running.requestId, "asking", askingWords(running.request, doubt), running.ports);
  throw new FinalError(`A person is asked: ${doubt}`);
}

const SLACK_HAS_SECONDS = 600;

/** Announces what will be done; undefined if Slack has not accepted it within ten minutes. */
async function announce({ context, requestId, request, ports }: Recreation): Promise<OperationNote | undefined> {
  const { settleMinutes } = ports.automatic;
  const text = announcementWords(request, settleMinutes);
  const write = async () => {
    await amendRequest(ports.records, requestId, (it) => (it.settleMinutes === settleMinutes ? it : { ...it, settleMinutes }));
    return writeNote(requestId, "announced", text, ports);
  };
  const { note } = await context.step("announce", write, { retryStrategy });
  const until = Date.parse(note.at) + SLACK_HAS_SECONDS * 1_000;
  const { broken } = await waitUntilDone(context, "announced", {
    async look() {
      const done = await ports.tell(request, note);
      return { done, broken: !done && ports.now() >= until ? "not taken" : undefined };
    },
  });
  return broken === undefined ? note : undefined;
}

async function recreate(running: Recreation): Promise<void> {
  const { context, requestId, execution, request, ports } = running;
  const intent = await context.step("intend", () => intend(request, requestId, execution, ports), { retryStrategy });
  await tellStep(context, requestId, "started", startedWords(request, intent), ports);
  for (const arn of request.deletionBegunAt === undefined ? intent.protectedGreens : []) {
    const green = rdsName(arn);
    await context.step(`unprotect ${green.name}`, () => unprotect(request, requestId, execution, green, ports), { retryStrategy });
  }
  await context.step("delete", () => deleteGreen(requestId, execution, intent, ports), { retryStrategy });
  const deleting =
    request.deletedAt === undefined ? "RDS deletes it with everything green." : "It is deleted already, with everything green.";
  await tellStep(context, requestId, "deleting", deleting, ports);
  await wait(running, "gone", async () => ({ done: await isGone(request.deploymentId, intent, ports) }));
  await tellStep(context, requestId, "creating", "Everything green is gone: it is created again.", ports);
  const created = await context.step("create", () => createAgain(requestId, execution, intent, ports), { retryStrategy });
  const words = `Created as ${intent.create.BlueGreenDeploymentName} (${created}): RDS is building green.`;
  await tellStep(context, requestId, "building", words, ports);
  running.request = { ...request, created };
  await wait(running, "built", () => lookBuilt(requestId, created, ports));
}

/** Waits for what RDS does, and says so if nothing moves for hours. @throws FinalError if it will never be done */
async function wait(running: Recreation, name: string, look: () => ReturnType<typeof lookBuilt>): Promise<void> {
  const { context, requestId, ports } = running;
  const stuck = {
    afterSeconds: ports.stuckAfterHours * 3_600,
    async tell(shows = "the deletion") {
      const words = stuckWords(running.request, ports.stuckAfterHours, shows);
      const { request, note } = await writeNote(requestId, "stuck", words, ports);
      await ports.tell(request, note);
    },
  };
  const pulse = async (shows: string | undefined) => ports.pulse?.(running.request, shows);
  const { broken, waited } = await waitUntilDone(context, name, { look, pulse, waitedBefore: running.waited, stuck });
  running.waited = waited;
  if (broken !== undefined) throw new FinalError(broken);
}
