import { visible } from "../visible.ts";

/** Prints what `parseArgs` refused, followed by the usage; returns exit code 2. Rethrows any other error. */
export function usageProblem(error: unknown, usage: string): number {
  if (!(error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_"))) throw error;
  process.stderr.write(`${visible(error.message)}\n\n${usage}`);
  return 2;
}
