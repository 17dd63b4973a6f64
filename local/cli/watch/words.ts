import type { Records } from "../../../src/clients/records.ts";
import { SlackError } from "../../../src/clients/slack/failure.ts";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { type DeploymentRecord, deploymentKey } from "../../../src/facts/record.ts";
import * as words from "../../../src/messages/language.ts";
import { sentence } from "../../../src/messages/sentences.ts";
import { readStanding } from "../../../src/operations/read/standing-of.ts";
import type { Watch } from "../../../src/settings/settings.ts";
import { isWatched, WATCH_TAG } from "../../../src/telling/watched.ts";
import { awsAdvice } from "../aws-advice.ts";
import type { Deployed } from "../operations/deployed.ts";
import type { Seen } from "./sight.ts";

/** What it may see and what not, each missing permission by its name. */
export function sightLines(seen: readonly Seen[], { isThere }: Deployed, caller: string | undefined): string[] {
  const [may, others] = [seen.filter((it) => it.refusal === undefined), seen.filter((it) => it.refusal !== undefined)];
  const [denied, unclear] = [others.filter((it) => it.isDenied), others.filter((it) => !it.isDenied)];
  const lines = denied.map(({ permission, without }) => `  ${permission}: ${without}`);
  if (typeof isThere !== "boolean")
    lines.push("  events:DescribeEventBus: It does not see whether the guard is deployed here: --alone vouches that it is not.");
  return [
    may.length > 0 ? `It may see ${listed(may.map((it) => it.sees))}.` : "It may see nothing.",
    ...(lines.length > 0 ? [`It may NOT see everything. ${caller ?? "Whoever signs in"} lacks these permissions:`, ...lines] : []),
    ...unclear.map(({ sees, refusal = "" }) => `It could not find out whether it may see ${sees}: ${sentence(refusal)}`),
  ];
}

const listed = (all: readonly string[]): string => (all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`);

/** Every deployment of `listed` that it watches, and how it stands by the last look; how many it leaves out. */
export async function seenLines(listed: readonly Deployment[], watch: Watch, records: Records, now: number): Promise<string[]> {
  const watched = listed.filter((it) => isWatched(it, watch));
  const others = listed.length - watched.length;
  const left = others === 0 ? [] : [`It leaves out ${others} without the tag ${WATCH_TAG}.`];
  if (watched.length === 0) return ["It sees no blue/green deployment to watch.", ...left];
  const lines = watched.map(async ({ id, name, status }) => {
    const record = await records.read<DeploymentRecord>(deploymentKey(id));
    const standing = record?.seen && (await readStanding({ view: record.seen, record }, records, now));
    return `  ${name} (${id}): ${standing ? words.titleOf(standing) : `${status}. More is not known of it`}`;
  });
  const count = watched.length === 1 ? "one blue/green deployment" : `${watched.length} blue/green deployments`;
  return [`It sees ${count}:`, ...(await Promise.all(lines)), ...left];
}

/** What a look could not see or tell, and what to do, each once. */
export function lookProblems(error: unknown, advise: (error: SlackError) => string): string[] {
  const all: unknown[] = error instanceof AggregateError ? error.errors : [error];
  return [...new Set(all.map((it) => problemWords(it, advise)))];
}

function problemWords(error: unknown, advise: (error: SlackError) => string): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof SlackError) return advise(error);
  return awsAdvice(error.cause) ?? awsAdvice(error) ?? sentence(error.message);
}
