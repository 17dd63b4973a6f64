import { StopDurableExecutionCommand } from "@aws-sdk/client-lambda";
import { IN_CHANNEL } from "../../../../src/handlers/self-test/channel.ts";
import { OF_WEBHOOK } from "../../../../src/handlers/self-test/webhook.ts";
import { OPERATION_NAMES } from "../../../../src/operations/index.ts";
import { CAN_STAND } from "../before/slack.ts";
import { type DoctorCheck, fail, pass, unknown } from "../check.ts";
import { answerIn, begin, EXECUTION_MS, endOf, findingOf, invoke, LOOK_MS, outputOf } from "./asked.ts";

const PLAIN = ["watch", "sweep", "release", "answer", "slack", "webhook"] as const;

/** Each durable function's self-test: a step, a wait and a step, begun at its alias. */
const durable = OPERATION_NAMES.map(
  (name): DoctorCheck => ({
    id: name,
    asked: `the ${name} function's own calls, in an execution with a step, a wait and a step, begun at its alias`,
    of: "stack",
    applies: (visit) => outputOf(name, visit) !== undefined,
    async ask(visit) {
      const began = visit.now();
      const arn = await begin(name, visit.id, visit);
      if (arn === undefined) return NO_EXECUTION;
      const { Status, Result, Error: error, InputPayload } = await endOf(arn, visit);
      if (Status === "RUNNING" || Status === undefined)
        return unknown(
          `it still runs after ${EXECUTION_MS / 1_000} s`,
          "Whether operations work is not known.",
          "Run doctor again; see the function's log.",
        );
      const seconds = Math.round((visit.now() - began) / 100) / 10;
      if (Status !== "SUCCEEDED") {
        const came = `${Status} after ${seconds} s: ${error?.ErrorMessage ?? error?.ErrorType ?? "no reason given"}`;
        return fail(
          came,
          "Executions break off: the function cannot write checkpoints, or fails.",
          "See the function's log, and its role.",
        );
      }
      if (InputPayload === undefined)
        return fail(
          "its input is missing in GetDurableExecution",
          "The release function cannot tell whose execution ended.",
          "Deploy again: npx cdk deploy.",
        );
      visit.executions.push(arn);
      return findingOf(Result, `, in an execution of ${seconds} s`);
    },
  }),
);

const NO_EXECUTION = fail("Lambda began no execution", "The function is no durable function.", "Deploy again: npx cdk deploy.");

/** Each other function's self-test, which also asks about the executions that the durable ones have made. */
const plain = PLAIN.map(
  (name): DoctorCheck => ({
    id: name,
    asked: `the ${name} function's own calls, under its own role`,
    of: "stack",
    applies: (visit) => outputOf(name, visit) !== undefined,
    ask: (visit) =>
      invoke(name, { id: visit.id, executions: visit.executions }, visit).then((answer) =>
        typeof answer === "string" ? findingOf(answer) : answer,
      ),
  }),
);

/** Whether the deployed guard can post, with the secret as the function reads it; asked only if a person allows it. */
const posts: DoctorCheck = {
  id: "watch-posts",
  asked: `${IN_CHANNEL}, by the watch function with its own secret`,
  of: "stack",
  applies: (visit) => visit.allowed.post && outputOf("watch", visit) !== undefined,
  async ask(visit) {
    const answer = await invoke("watch", { id: visit.id, post: true }, visit);
    if (typeof answer !== "string") return answer;
    const [said, ...others] = answerIn(answer)?.asked ?? [];
    if (said?.what !== IN_CHANNEL || others.length > 0)
      return fail("it did not try", "Another version of the guard is deployed.", "Deploy again: npx cdk deploy.");
    if (said.result === "answered") return pass(said.came, CAN_STAND);
    return fail(said.came, "The guard cannot speak in its channel.", "Do what it says. If the secret was changed, wait five minutes.");
  },
};

/** Whether the webhook takes what is signed with the deployed secret's key; asked only if a person allows it. */
const webhookPosts: DoctorCheck = {
  id: "webhook-posts",
  asked: `${OF_WEBHOOK}, by the webhook function with its own secret`,
  of: "stack",
  applies: (visit) => visit.allowed.post && outputOf("webhook", visit) !== undefined,
  async ask(visit) {
    const answer = await invoke("webhook", { id: visit.id, post: true }, visit);
    if (typeof answer !== "string") return answer;
    const [said] = answerIn(answer)?.asked ?? [];
    if (said?.what !== OF_WEBHOOK)
      return fail("it did not try", "Another version of the guard is deployed.", "Deploy again: npx cdk deploy.");
    if (said.result === "answered") return pass(said.came, "The webhook takes what the guard signs.");
    return fail(said.came, "The webhook gets no facts.", "Do what it says; see docs/webhook.md.");
  },
};

/** Whether the guard hears of the end of an execution; asked only if a person allows it. */
const heard: DoctorCheck = {
  id: "stopped-execution",
  asked: "whether the release function hears of a self-test's execution that is stopped",
  of: "stack",
  applies: (visit) => visit.allowed.stop && outputOf("recreate", visit) !== undefined,
  async ask(visit) {
    const id = `${visit.id}-stopped`;
    const arn = await begin("recreate", id, visit);
    if (arn === undefined) return NO_EXECUTION;
    await visit.lambda.send(new StopDurableExecutionCommand({ DurableExecutionArn: arn }));
    const began = visit.now();
    while (visit.now() - began < EXECUTION_MS) {
      const answer = await invoke("release", { id, executions: visit.executions }, visit);
      if (typeof answer !== "string") return answer;
      const said = answerIn(answer)?.asked.find(({ what }) => what === HEARD)?.came ?? "nothing";
      if (said !== "nothing")
        return pass(
          `${said}, after ${Math.round((visit.now() - began) / 1_000)} s`,
          "An operation that breaks off lets go of its database.",
        );
      await visit.pause(LOOK_MS);
    }
    return fail(
      `nothing within ${EXECUTION_MS / 1_000} s`,
      "An operation that breaks off keeps its database until the next sweep.",
      "See the rule for ended executions and the release function's dead letters.",
    );
  },
};

const HEARD = "what the rule for ended executions brought";

/** The functions' tests of themselves: the durable ones first, whose executions the others ask about. */
export const selfTests: readonly DoctorCheck[] = [...durable, ...plain, posts, webhookPosts, heard];
