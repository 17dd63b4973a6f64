import { expect, it } from "vitest";
import { recordsInMemory } from "../../../local/records-memory.ts";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { type DeploymentRecord, deploymentKey } from "../../../src/facts/record.ts";
import { amendRecord } from "../../../src/operations/amend-record.ts";
import { remembering } from "../../../src/operations/read/remembering.ts";
import { rememberLook } from "../../../src/standing/memory.ts";
import { first, instance } from "../../support/deployments/upgrade.ts";

/** Which names are known to have changed hands, once RDS has shown the deployment as it was and then as it is. */
async function keptAfter(was: Deployment, is: Deployment): Promise<unknown> {
  const records = recordsInMemory();
  const key = deploymentKey(was.id);
  const view = { deployment: was, databases: [] };
  await amendRecord(records, key, (it) => ({ ...it, seen: view, memory: rememberLook({}, view, [], "2024-02-05T06:10:00.000Z") }));
  await remembering({ deployment: async (_id: string) => is }, records).deployment(was.id);
  return (await records.read<DeploymentRecord>(key))?.memory?.switched;
}

it.each([
  ["an ordinary name", "orders-2"],
  ["the name of an earlier green, which a person gave it", "orders-2-green-k2q7zx"],
])("an answer that shows a reader's name change hands is kept where blue bears %s", async (_which, name) => {
  const members = first().members;
  const reader = { source: instance(name), target: instance(`${name}-green-n2w5d2`), status: "AVAILABLE" };
  const swapped = { ...reader, source: instance(`${name}-old1`), target: instance(name) };
  const was = first({ members: [...members, reader] });
  expect(await keptAfter(was, was)).toBeUndefined();
  expect(await keptAfter(was, first({ members: [...members, swapped] }))).toEqual([`db:${name}`]);
});
