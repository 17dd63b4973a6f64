import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import type { Execution } from "../../../local/engine/execution.ts";

/** Name and type of each operation, in order; how often a wait looked is no part of it. */
const listOf = ({ operations }: Execution): string =>
  operations
    .filter(({ Type }) => Type !== "EXECUTION")
    .map(({ Name = "", Type, SubType }) => `${Name.replace(/-green-[a-z0-9]{6}/g, "-green-xxxxxx")} ${Type} ${SubType}\n`)
    .join("");

/** Executions under way are replayed by names, types and order of their operations: changing these breaks them. */
export async function expectGolden(execution: Execution, name: string): Promise<void> {
  const golden = await readFile(new URL(`golden/${execution.workflow}-${name}.txt`, import.meta.url), "utf8");
  expect(listOf(execution), "Executions under way would break. If none can be, change the golden list.").toBe(golden);
}
