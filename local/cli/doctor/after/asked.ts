import { GetDurableExecutionCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import type { SelfTestAnswer } from "../../../../src/handlers/self-test/asking.ts";
import { INDEX } from "../../../../src/handlers/self-test/asks.ts";
import type { SelfTest } from "../../../../src/handlers/self-test/event.ts";
import type { OperationName } from "../../../../src/operations/index.ts";
import { type Finding, fail, pass, unknown } from "../check.ts";
import type { Visit } from "../visit.ts";

/** How long doctor waits for an execution, and for what follows its end. */
export const EXECUTION_MS = 90_000;
/** How long it waits between two looks. */
export const LOOK_MS = 1_000;

/** What to do about what may be answered later. */
export const AGAIN = "Run doctor again in a minute.";

/** The physical name of a function by its own name; undefined if the stack has none. */
export const outputOf = (name: string, { stack }: Visit): string | undefined =>
  stack?.outputs[`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`];

/** Invokes the alias of an operation's function for a self-test; returns the execution's ARN, undefined if Lambda began none. */
export async function begin(name: OperationName, id: string, visit: Visit): Promise<string | undefined> {
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

/** The execution once it has ended, or as it is when that takes too long. */
export async function endOf(DurableExecutionArn: string, visit: Visit) {
  const until = visit.now() + EXECUTION_MS;
  for (;;) {
    const found = await visit.lambda.send(new GetDurableExecutionCommand({ DurableExecutionArn }));
    if (found.Status !== "RUNNING" || visit.now() >= until) return found;
    await visit.pause(LOOK_MS);
  }
}

/** What a function answers to its self-test, as JSON; a finding if it fails. */
export async function invoke(name: string, selfTest: SelfTest, visit: Visit): Promise<string | Finding> {
  const { FunctionError, Payload } = await visit.lambda.send(
    new InvokeCommand({ FunctionName: outputOf(name, visit), Payload: Buffer.from(JSON.stringify({ selfTest })) }),
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

/** What a function says of its own calls; undefined if it says something else. */
export function answerIn(text: string | undefined): SelfTestAnswer | undefined {
  const value = JSON.parse(text || "null") as Partial<SelfTestAnswer> | null;
  return value && Array.isArray(value.asked) ? (value as SelfTestAnswer) : undefined;
}

/** What the answer to a self-test comes to; `how` says more of how it was asked. */
export function findingOf(text: string | undefined, how = ""): Finding {
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
  const isOfIndex = asked.some(({ what, result }) => what === INDEX && result === "unsure");
  if (unsure !== undefined && isOfIndex)
    return unknown(
      unsure,
      "Whether the guard finds in time what it has written down is not known.",
      "Run doctor again in a minute. If it stays so, see the metrics of the table's index in DynamoDB's console.",
    );
  if (unsure !== undefined) return unknown(unsure, "Whether the function can do what it has to is not known.", AGAIN);
  const index = asked.find(({ what }) => what === INDEX);
  const shown = index === undefined ? "" : `; ${index.came}`;
  return pass(`${asked.length} calls answered in ${ms} ms${how}${shown}`, "It can do what it has to, under its own role.");
}
