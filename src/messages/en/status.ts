import type { OperationRequest } from "../../operations/request.ts";
import type { Asker } from "../../operations/says/asker.ts";
import type { Standing } from "../../standing/standing.ts";
import type { Form } from "../form.ts";
import { duration } from "./durations.ts";
import { OPERATION_WORDS, whoAsks } from "./operations/names.ts";
import { saidWords } from "./operations/said.ts";

/** How deployments stand, in the answer to the status command. */
export const STATUS = {
  nothing: "RDS lists no blue/green deployment in this account and region.",
  whenOneIs: "When one is created, its card appears in the guard's channel.",
  nothingTold: "Nothing has been reported about it yet.",
  needs: "What a switchover needs",
  next: "Next:",
  gone: (name: string, as: Form): string => `${as.strong(as.text(name, 90))} · gone`,
  count: (count: number): string => (count === 1 ? "One blue/green deployment" : `${count} blue/green deployments`),
  more: (count: number, names: readonly string[], as: Form): string =>
    `… and ${count} more (${as.command("status", "NAME")} shows one): ${names.join(", ")}`,
  tasks: ({ progress: { done, of, now } }: Pick<Standing, "progress">, as: Form): string =>
    `${done} of ${of} tasks${now ? `, now ${as.code(now, 60)}` : ""}`,
  versions: ({ source, target }: Pick<Standing, "source" | "target">, as: Form): string => {
    const [from, to] = [source.database, target?.database];
    if (!from) return "versions not known";
    return `${as.text(from.engine, 40)} ${as.text(from.engineVersion, 40)}${to ? ` → ${as.text(to.engineVersion, 40)}` : ""}`;
  },
  age: (ms: number): string => `${duration(ms)} old`,
  last: (title: string, at: string, as: Form): string => `last: ${title}, ${as.time(at)}`,
};

/** What the guard is doing, or has left unfinished. */
export function doingWords(
  request: Pick<OperationRequest, "operation" | keyof Asker | "outcome" | "notes">,
  standing: Standing | undefined,
  as: Form,
): string {
  const { operation, outcome, notes } = request;
  const said = outcome?.said ?? notes?.at(-1)?.said;
  const { noun } = OPERATION_WORDS[operation];
  const what = as.strong(`${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}`);
  return `${what}, asked for by ${whoAsks(request, as)}: ${said ? saidWords(said, as, standing) : "waits to be begun"}`;
}
