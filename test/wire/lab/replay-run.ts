import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type Ended, ended } from "../../support/ended.ts";
import { recorded } from "../../support/recorded.ts";

/** A folder of the test file's own, for saved files and for what programs leave in the temporary folder. */
export let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "replay-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a program to its end; its own temporary files go into the test's folder. */
export function run(program: string, ...args: string[]): Promise<Ended> {
  const child = spawn(program, args, { env: { ...process.env, TMPDIR: folder } });
  return ended(child);
}

/** Runs the bin. */
export const guard = (...args: string[]) => run(process.execPath, "bin/bluegreen-guard.ts", ...args);

/** A line of `--json`. */
export interface Line {
  event: string;
  routedBy: string | null;
  signal: string | null;
  posted: { method: string; text: string; thread: boolean }[];
}

/** The last lines of `--json`: how a deployment stands after the events. */
export interface StandingLine {
  deployment: string;
  phase: string;
  severity: string;
  members: { name: string; kind: string; outcome: string }[];
  production: string;
  replication: string;
  card: string;
  offers: string[];
  checklist: { id: string; result: string; reason: string; remedy: string }[];
}

/** The lines that a replay prints of the events; it must go well. */
export const replayed = async (...args: string[]): Promise<Line[]> => (await replayedAll(...args)).lines;

/** All lines that a replay prints: those of the events, then those of the deployments. */
export async function replayedAll(...args: string[]): Promise<{ lines: Line[]; standings: StandingLine[] }> {
  const { code, out, err } = await guard("replay", "--json", ...args);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return linesOf(out);
}

/** What `--json` wrote. */
export function linesOf(out: string): { lines: Line[]; standings: StandingLine[] } {
  const all: (Line | StandingLine)[] = out.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  const lines = all.filter((line) => "event" in line);
  const standings = all.filter((line) => "deployment" in line);
  expect(all).toEqual([...lines, ...standings]);
  return { lines, standings };
}

/** Saves text, bytes or JSON in the test's folder; answers the path. */
export async function saved(name: string, content: unknown): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content, null, 2));
  return file;
}

/** A recorded envelope as the row that DescribeEvents lists for it. */
export function row(name: string) {
  const { SourceIdentifier, Message, Date: date, SourceArn } = recorded(name).detail;
  const SourceType = { "ddl-on-blue": "db-instance", "tasks-completed": "blue-green-deployment", snapshot: "db-cluster-snapshot" }[name];
  return { SourceIdentifier, SourceType, Message, EventCategories: [], Date: String(date).replace("Z", "000+00:00"), SourceArn };
}
