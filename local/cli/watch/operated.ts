import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Records } from "../../../src/clients/records.ts";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { withReport } from "../../../src/facts/facts.ts";
import { isSame } from "../../../src/facts/hash-of.ts";
import { type DeploymentRecord, deploymentIdOf } from "../../../src/facts/record.ts";
import { amendRecord } from "../../../src/operations/amend-record.ts";
import { requestIdOf } from "../../../src/operations/request.ts";
import { OPERATION_MEANINGS } from "../../../src/operations/signals.ts";
import { isFolderInUse } from "../../engine/folder-lock.ts";
import { openRecordsFolder } from "../../records-folder.ts";
import { recordsInMemory } from "../../records-memory.ts";

const WATCH = "watch";
const MEANINGS = new Map(OPERATION_MEANINGS.map((meaning) => [meaning.id, meaning]));

/** The folder of the watch that tells a channel, in the state folder `state`. */
export const watchFolder = (state: string, channel: string): string => join(state, WATCH, channel);

/** True if a process of this computer watches and tells the channel. */
export async function isWatchedHere(state: string, channel: string): Promise<boolean> {
  const folder = watchFolder(state, channel);
  return existsSync(folder) && isFolderInUse(folder);
}

/** True if a process of this computer watches or operates with its state in the existing folder `state`. */
export async function isAnybodyAtWork(state: string): Promise<boolean> {
  const watches = existsSync(join(state, WATCH)) ? await readdir(join(state, WATCH)) : [];
  const inUse = await Promise.all([state, ...watches.map((channel) => watchFolder(state, channel))].map(isFolderInUse));
  return inUse.includes(true);
}

/** What is under way at other terminals, as a watch of the same place tells it. */
export interface Operated {
  /** The watch's own records; the requests in them are those of the terminals. */
  records: Records;
  /** Takes into the watch's records what the terminals have written down since; only ever reads theirs. @throws StateError if theirs cannot be read */
  takeUp(): Promise<void>;
}

/**
 * Joins a watch with the operations that terminals do in the state folder `state`, which leave it to the watch to tell `channel` of them.
 *
 * Of a deployment that neither the watch has seen nor RDS lists now, nothing is taken: that is long over.
 */
export function withOperated(state: string, own: Records, channel: string, listed: () => Promise<readonly Deployment[]>): Operated {
  let theirs = recordsInMemory();
  async function takeUp(): Promise<void> {
    const folder = join(state, "records");
    if (!existsSync(folder)) return;
    theirs = await openRecordsFolder(folder);
    const keys = (await theirs.open()).map(({ key }) => key).filter((key) => deploymentIdOf(key) !== undefined);
    if (keys.length === 0) return;
    const isAtWork = await isFolderInUse(state);
    const ids = new Set((await listed()).map(({ id }) => id));
    for (const key of keys) {
      const written = await theirs.read<DeploymentRecord>(key);
      const isKnown = ids.has(deploymentIdOf(key) ?? "") || (await own.read(key)) !== undefined;
      if (written && isKnown) await amendRecord(own, key, (record) => withTheirs(record, written, isAtWork, channel));
    }
  }
  const isRequest = (key: string) => requestIdOf(key) !== undefined;
  return { records: { ...own, read: (key) => (isRequest(key) ? theirs : own).read(key) }, takeUp };
}

/** A record with what an operation has reported and how far it is; one that is new goes on from theirs, and from what they posted in the channel. */
function withTheirs(own: DeploymentRecord, theirs: DeploymentRecord, isAtWork: boolean, channel: string): DeploymentRecord {
  const isNew = own.version === 0;
  const posts = theirs.posts.filter((post) => post.in === channel);
  const before = isNew ? { ...theirs, version: own.version, posts, leases: undefined } : own;
  const reports = theirs.facts.flatMap((fact) => fact.reports).filter(({ source }) => source === "operation");
  const facts = reports.reduce((all, report) => {
    const meaning = MEANINGS.get(report.signal);
    return meaning ? withReport(all, meaning, report, before.dropped) : all;
  }, before.facts);
  // An operation that nobody works on, of a process that was killed, is not under way.
  const operation = isAtWork || theirs.operation?.failed !== undefined ? theirs.operation : undefined;
  if (!isNew && facts === own.facts && isSame(operation, own.operation)) return own;
  return { ...before, facts, operation, refresh: true, sees: undefined };
}
