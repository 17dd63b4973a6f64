import type { Context } from "aws-lambda";
import type { Bus } from "../clients/bus.ts";
import type { Deliveries } from "../clients/deliveries.ts";
import type { Rds } from "../clients/rds/rds.ts";
import type { Records } from "../clients/records.ts";
import { busFactOf } from "../facts/bus-fact.ts";
import { type DeploymentRecord, deploymentIdOf, toPublish } from "../facts/record.ts";
import { amendRecord } from "../operations/amend-record.ts";

/**
 * Puts a deployment's unpublished facts on the event bus, whether or not Slack accepts anything.
 *
 * A run that is killed between the bus's answer and its own mark repeats that one event. Throws what the bus or the records throw, and
 * Powertools' IdempotencyAlreadyInProgressError while another run is publishing the same fact.
 */
export async function publish(key: string, context: Context, { rds, records, deliveries, bus }: PublishDependencies): Promise<void> {
  const record = await records.read<DeploymentRecord>(key);
  const id = deploymentIdOf(key);
  const facts = record ? toPublish(record) : [];
  if (!record || id === undefined || facts.length === 0) return;
  const deployment = (await rds.deployment(id)) ?? record.seen?.deployment;
  for (const fact of facts) {
    const busFact = busFactOf(fact, record.facts, id, deployment);
    if (!busFact) continue;
    await deliveries.once(`bus|${id}|${fact.id}`, context, async () => {
      await bus.publish(busFact);
      return { published: busFact.type };
    });
  }
  const published = new Set(facts.map((fact) => fact.id));
  await amendRecord(records, key, (it) => ({
    ...it,
    facts: it.facts.map((fact) => (published.has(fact.id) ? { ...fact, published: true } : fact)),
  }));
}

/** What publishing needs from the outside. */
export interface PublishDependencies {
  rds: Pick<Rds, "deployment">;
  records: Records;
  deliveries: Deliveries;
  bus: Bus;
}
