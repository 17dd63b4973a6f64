import { routes } from "../src/rules/routes.ts";
import { optionsIn } from "./cli/arguments.ts";

const USAGE = `Usage: bluegreen-guard routes

Prints the event patterns of the three EventBridge rules as JSON, by name: deployment, cluster, instance.
`;

/** Runs `routes`: prints the event patterns of the three EventBridge rules as JSON. */
export async function routesMain(args: string[]): Promise<number> {
  const { help } = optionsIn(args, { help: { type: "boolean" } });
  process.stdout.write(help ? USAGE : `${JSON.stringify(routes(), null, 2)}\n`);
  return 0;
}
