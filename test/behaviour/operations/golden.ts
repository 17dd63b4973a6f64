import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import type { Execution } from "../../../local/engine/execution.ts";

/** Name and type of each operation, in order; how often a wait looked, and paused between, is no part of it. */
const listOf = ({ operations }: Execution): string =>
  [...new Set(operations.filter(({ Type }) => Type !== "EXECUTION" && Type !== "WAIT").map(lineOf))].join("");

const lineOf = ({ Name = "", Type, SubType }: Execution["operations"][number]): string => `${goldenName(Name)} ${Type} ${SubType}\n`;

/** An operation's name without what is another one each time. */
export const goldenName = (name: string): string => name.replace(/-green-[a-z0-9]{6}/g, "-green-xxxxxx").replace(/ \d+( woken)?$/, " N$1");

/** Executions under way are replayed by names, types and order of their operations: changing these breaks them. */
export async function expectGolden(execution: Execution, name: string): Promise<void> {
  const golden = await readFile(new URL(`golden/${execution.workflow}-${name}.txt`, import.meta.url), "utf8");
  expect(listOf(execution), "Executions under way would break. If none can be, change the golden list.").toBe(golden);
}
