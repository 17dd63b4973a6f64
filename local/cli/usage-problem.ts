/** Says what `parseArgs` refused, with the usage below; answers exit code 2. What is no such refusal is thrown on. */
export function usageProblem(error: unknown, usage: string): number {
  if (!(error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_"))) throw error;
  process.stderr.write(`${error.message}\n\n${usage}`);
  return 2;
}
