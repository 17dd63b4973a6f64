import { parseArgs } from "node:util";
import { routes } from "../src/rules/routes.ts";
import { usageProblem } from "./cli/usage-problem.ts";

const USAGE = `Usage: bluegreen-guard routes

Prints the event patterns of the three EventBridge rules as JSON, by name: deployment, cluster, instance.
`;

/** Runs `routes`: prints the event patterns of the three EventBridge rules as JSON. */
export async function routesMain(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args, options: { help: { type: "boolean" } } });
    process.stdout.write(values.help ? USAGE : `${JSON.stringify(routes(), null, 2)}\n`);
    return 0;
  } catch (error) {
    return usageProblem(error, USAGE);
  }
}
