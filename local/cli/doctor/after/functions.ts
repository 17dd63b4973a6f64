import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  paginateListVersionsByFunction,
} from "@aws-sdk/client-lambda";
import { OPERATION_NAMES } from "../../../../src/operations/index.ts";
import { type DoctorCheck, fail, pass } from "../check.ts";
import type { DeployedStack } from "../stack.ts";

const DEPLOY = "Deploy again: npx cdk deploy.";
const OUTPUTS = ["Watch", "Sweep", "Recreate", "Switchover", "Release", "Slack", "Answer", "Webhook"] as const;

/** Whether CloudFormation has deployed the whole stack. */
export const stackStatus: DoctorCheck = {
  id: "stack",
  asked: "the status of the guard's stack",
  of: "stack",
  async ask({ stackName, stack }) {
    const { status = "", outputs = {} } = stack ?? {};
    if (outputs["Watch"] === undefined)
      return fail(status, `The stack ${stackName} holds no guard.`, "Name the guard's stack with --stack, or wait for the deploy to end.");
    if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return pass(status, "All of it is deployed.");
    if (status === "UPDATE_ROLLBACK_COMPLETE")
      return fail(
        status,
        "The last deploy failed, and the one before it is what works.",
        `See the stack's events, and ${DEPLOY.toLowerCase()}`,
      );
    return fail(status, "A deploy is under way or has failed.", "See the stack's events, and run doctor again once the deploy has ended.");
  },
};

/** Whether Lambda can run each function. */
export const functions: DoctorCheck = {
  id: "functions",
  asked: "the state of each function",
  of: "stack",
  async ask({ lambda, stack }) {
    const names = namesIn(stack);
    const states = await Promise.all(names.map(([name, FunctionName]) => stateOf(name, FunctionName, lambda)));
    const bad = states.filter((it) => it !== undefined);
    if (bad.length === 0) return pass(`${names.length} are Active`, "Lambda can run them.");
    return fail(bad.join("; "), "Lambda does not run these.", `See what Lambda says of them in its console. ${DEPLOY}`);
  },
};

async function stateOf(name: string, FunctionName: string, lambda: LambdaClient): Promise<string | undefined> {
  const { State, StateReason, LastUpdateStatus } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  // Inactive is a function that nobody has invoked for weeks; its next invocation makes it active. Source: Lambda developer guide, "Function states".
  const isWell = (State === "Active" || State === "Inactive") && LastUpdateStatus !== "Failed";
  return isWell ? undefined : `${name} is ${State}${StateReason ? ` (${StateReason})` : ""}, its last update ${LastUpdateStatus}`;
}

function namesIn(stack: DeployedStack | undefined): [string, string][] {
  return OUTPUTS.flatMap((name): [string, string][] => {
    const found = stack?.outputs[name];
    return found === undefined ? [] : [[name.toLowerCase(), found]];
  });
}

/** Whether operations begin with what was deployed last. */
export const aliases: DoctorCheck = {
  id: "aliases",
  asked: 'whether the alias "live" of each operation\'s function is its newest version',
  of: "stack",
  applies: ({ stack }) => stack?.outputs["Recreate"] !== undefined,
  async ask({ lambda, stack }) {
    const said: string[] = [];
    const old: string[] = [];
    for (const name of OPERATION_NAMES) {
      const FunctionName = stack?.outputs[name === "recreate" ? "Recreate" : "Switchover"];
      const { FunctionVersion } = await lambda.send(new GetAliasCommand({ FunctionName, Name: "live" }));
      const newest = await newestVersion(FunctionName ?? "", lambda);
      said.push(`${name} ${FunctionVersion} of ${newest}`);
      if (FunctionVersion !== newest) old.push(name);
    }
    if (old.length === 0) return pass(said.join(", "), "Operations begin with what was deployed last.");
    return fail(said.join(", "), `Operations of ${old.join(" and ")} begin with older code.`, DEPLOY);
  },
};

async function newestVersion(FunctionName: string, client: LambdaClient): Promise<string> {
  const numbers: number[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName }))
    numbers.push(...Versions.map(({ Version }) => Number(Version)).filter((it) => !Number.isNaN(it)));
  return String(Math.max(0, ...numbers));
}

/** Whether Lambda takes RDS events out of the queue. */
export const mapping: DoctorCheck = {
  id: "mapping",
  asked: "whether Lambda takes messages from the event queue for the watch function",
  of: "stack",
  async ask({ lambda, stack }) {
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName: stack?.outputs["Watch"] }));
    const states = EventSourceMappings.map(
      ({ State, StateTransitionReason }) => `${State}${StateTransitionReason ? ` (${StateTransitionReason})` : ""}`,
    );
    if (EventSourceMappings.some(({ State }) => State === "Enabled"))
      return pass(states.join(", "), "RDS events reach the watch function.");
    return fail(
      states.join(", ") || "there is no mapping",
      "RDS events wait in the queue, and nobody takes them.",
      `Enable it in Lambda's console, or ${DEPLOY.toLowerCase()}`,
    );
  },
};
