import { GetDurableExecutionCommand, InvokeCommand, StopDurableExecutionCommand } from "@aws-sdk/client-lambda";
import type { SelfTestAnswer } from "../../../../src/handlers/self-test/asking.ts";
import { INDEX } from "../../../../src/handlers/self-test/asks.ts";
import { OPERATION_NAMES, type OperationName } from "../../../../src/operations/index.ts";
import { type DoctorCheck, type Finding, fail, pass, unknown } from "../check.ts";
import type { Visit } from "../visit.ts";

const PLAIN = ["watch", "sweep", "release", "answer", "slack"] as const;
const EXECUTION_MS = 90_000;
const LOOK_MS = 1_000;

const outputOf = (name: string, { stack }: Visit): string | undefined =>
  stack?.outputs[`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`];

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
    ask: (visit) => invoke(name, visit.id, visit).then((answer) => (typeof answer === "string" ? findingOf(answer) : answer)),
  }),
);

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
      const answer = await invoke("release", id, visit);
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
export const selfTests: readonly DoctorCheck[] = [...durable, ...plain, heard];

async function begin(name: OperationName, id: string, visit: Visit): Promise<string | undefined> {
  const { DurableExecutionArn } = await visit.lambda.send(
    new InvokeCommand({
      FunctionName: outputOf(name, visit),
      Qualifier: "live",
      InvocationType: "Event",
      Payload: Buffer.from(JSON.stringify({ selfTest: { id } })),
    }),
  );
  return DurableExecutionArn || undefined;
}

async function endOf(DurableExecutionArn: string, visit: Visit) {
  const until = visit.now() + EXECUTION_MS;
  for (;;) {
    const found = await visit.lambda.send(new GetDurableExecutionCommand({ DurableExecutionArn }));
    if (found.Status !== "RUNNING" || visit.now() >= until) return found;
    await visit.pause(LOOK_MS);
  }
}

/** What a function answers to its self-test, as JSON; a finding if it fails. */
async function invoke(name: string, id: string, visit: Visit): Promise<string | Finding> {
  const event = { selfTest: { id, executions: visit.executions } };
  const { FunctionError, Payload } = await visit.lambda.send(
    new InvokeCommand({ FunctionName: outputOf(name, visit), Payload: Buffer.from(JSON.stringify(event)) }),
  );
  const text = Buffer.from(Payload ?? []).toString();
  if (FunctionError === undefined) return text;
  const { errorType = FunctionError, errorMessage = "" } = JSON.parse(text) as { errorType?: string; errorMessage?: string };
  return fail(
    `${errorType}: ${errorMessage}`,
    "The function does not start, or is of a version without a self-test.",
    "See its log; deploy again: npx cdk deploy.",
  );
}

function answerIn(text: string | undefined): SelfTestAnswer | undefined {
  const value = JSON.parse(text || "null") as Partial<SelfTestAnswer> | null;
  return value && Array.isArray(value.asked) ? (value as SelfTestAnswer) : undefined;
}

function findingOf(text: string | undefined, how = ""): Finding {
  const answer = answerIn(text);
  if (!answer) return fail("no answer to a self-test", "Another version of the guard is deployed.", "Deploy again: npx cdk deploy.");
  const { asked } = answer;
  const ms = asked.reduce((sum, it) => sum + it.ms, 0);
  const came = (of: "refused" | "unsure") => {
    const such = asked.filter(({ result }) => result === of);
    return such.length === 0
      ? undefined
      : `${such.length} of ${asked.length} calls: ${such.map(({ what, came: words }) => `${what}: ${words}`).join("; ")}`;
  };
  const refused = came("refused");
  if (refused !== undefined)
    return fail(
      refused,
      "The function cannot do what it has to.",
      "See docs/permissions.md; deploy again, and look at the secret's key and at policies of your organisation.",
    );
  const unsure = came("unsure");
  if (unsure !== undefined)
    return unknown(
      unsure,
      "Whether the guard finds in time what it has written down is not known.",
      "Run doctor again in a minute. If it stays so, see the metrics of the table's index in DynamoDB's console.",
    );
  const index = asked.find(({ what }) => what === INDEX);
  const shown = index === undefined ? "" : `; ${index.came}`;
  return pass(`${asked.length} calls answered in ${ms} ms${how}${shown}`, "It can do what it has to, under its own role.");
}
