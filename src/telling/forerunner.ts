import type { Records } from "../clients/records.ts";
import { buildMsOf } from "../facts/build-time.ts";
import { cardOf, type Post } from "../facts/posts.ts";
import { type DeploymentRecord, deploymentKey } from "../facts/record.ts";
import { amendRecord, writeRecord } from "../operations/amend-record.ts";
import { RECREATED_FROM_TAG } from "../plans/recreate-name.ts";

/** The card of the deployment that this one replaces, which this one continues, and how long its green took to build, in milliseconds. */
export async function cardOfForerunner(
  { key, seen }: DeploymentRecord,
  records: Pick<Records, "read">,
): Promise<{ card?: Post; buildMs?: number }> {
  const id = seen?.deployment.tags[RECREATED_FROM_TAG];
  if (!id || deploymentKey(id) === key) return {};
  const forerunner = await records.read<DeploymentRecord>(deploymentKey(id));
  if (!forerunner) return {};
  const buildMs = buildMsOf(forerunner.facts, forerunner.seen?.deployment.createTime) ?? forerunner.lastBuildMs;
  return { card: cardOf(forerunner), buildMs };
}

/** The forerunner's card goes on as this deployment's; `known` is what has read it. */
export async function continueForerunner(
  { seen }: DeploymentRecord,
  records: Pick<Records, "read" | "write">,
  known: Pick<Records, "read">,
): Promise<void> {
  const id = seen?.deployment.tags[RECREATED_FROM_TAG] ?? "";
  const continuedBy = seen?.deployment.id;
  const forerunner = await known.read<DeploymentRecord>(deploymentKey(id));
  if (forerunner && (await writeRecord(records, { ...forerunner, continuedBy }, forerunner))) return;
  await amendRecord(records, deploymentKey(id), (it) => (it.continuedBy === continuedBy ? it : { ...it, continuedBy }));
}
