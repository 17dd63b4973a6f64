import { OPERATION_NAMES, type OperationName } from "../../src/operations/index.ts";
import { routesMain } from "../routes.ts";
import type { Command } from "./cli.ts";
import { doctorMain } from "./doctor/main.ts";
import { helloMain } from "./hello/main.ts";
import { initMain } from "./init/main.ts";
import { operationMain } from "./operations/main.ts";
import { watchMain } from "./watch/main.ts";

const LINES: Record<OperationName, string> = {
  recreate: "deletes a deployment with its green and creates it again, after showing the plan",
  switchover: "switches a deployment over, after showing whether it is ready",
};

const operations = Object.fromEntries(
  OPERATION_NAMES.map((name): [string, Command] => [name, { line: LINES[name], run: (args) => operationMain(name, args) }]),
);

/** The commands that both the repository and the package have. */
export const subcommands: Readonly<Record<string, Command>> = {
  watch: { line: "watches an account from this computer, without a deployed guard, and tells Slack", run: watchMain },
  status: {
    line: "shows blue/green deployments: where each stands, and what to do next",
    shows: true,
    run: (args) => operationMain("status", args),
  },
  ...operations,
  cancel: { line: "stops an operation before its next change", run: (args) => operationMain("cancel", args) },
  init: { line: "asks for the stack's settings and writes them beside the app", run: initMain },
  hello: { line: "sends one test message to Slack, and says what is wrong if it does not arrive", run: helloMain },
  doctor: { line: "asks AWS and Slack whether a guard can be deployed here, or whether all of the deployed one works", run: doctorMain },
  routes: { line: "prints the three EventBridge event patterns", shows: true, run: routesMain },
};

/** What the list of commands says about `replay`. */
export const REPLAY_LINE = "gives saved RDS events to the guard and prints what Slack was told";

/** Takes the place of a command that needs the lab in the package, and says where to find it. */
export function repositoryOnly(name: string): Command["run"] {
  return async () => {
    process.stderr.write(
      `"${name}" needs the lab, which the package does not hold. In a clone of the repository: npm ci && npm run ${name} -- --help\n`,
    );
    return 2;
  };
}
