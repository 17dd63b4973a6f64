import type { OperationRequest } from "../operations/request.ts";

const MOST_MENTIONED = 20;

/** The ids of the operators and their groups who can approve a request, and so are mentioned: groups first, at most 20, never its asker. */
export function approversOf({ askerId }: Pick<OperationRequest, "askerId">, operators: readonly string[]): string[] {
  const others = [...new Set(operators)].filter((id) => id !== askerId);
  const isGroup = (id: string) => id.startsWith("S");
  return [...others.filter(isGroup), ...others.filter((id) => !isGroup(id))].slice(0, MOST_MENTIONED);
}
