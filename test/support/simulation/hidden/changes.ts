import type { RdsChanges } from "../../../../src/clients/rds/changes.ts";
import { again, begin, remove } from "./happenings.ts";
import { arnOf, type Truly, type World } from "./world.ts";

/** A change that RDS accepts, in the world of which it is, as things are right before it. */
export type Accepted =
  | { call: "unprotect"; world: World; name: string }
  | { call: "deleteWithGreen" | "switchOver"; world: World; deployment: Truly }
  | { call: "create"; world: World; name: string };

/** RDS as it takes changes, and refuses what cannot be done; `accepted` hears of each that it takes. */
export function changesOf(worlds: readonly World[], accepted: (change: Accepted) => void): RdsChanges {
  const refuse = (why: string, name = "InvalidBlueGreenDeploymentStateFault"): never => {
    throw Object.assign(new Error(why), { name, $metadata: { httpStatusCode: 400 } });
  };
  const existing = (id: string): { world: World; deployment: Truly } => {
    const found = worlds.flatMap((world) =>
      world.truth.deployments.filter((it) => it.id === id).map((deployment) => ({ world, deployment })),
    );
    return found[0] ?? refuse(`There is no ${id}.`, "BlueGreenDeploymentNotFoundFault");
  };
  const changed = (world: World, id: string, change: (deployment: Truly, truth: World["truth"]) => void) =>
    world.change((truth) => {
      for (const it of truth.deployments) if (it.id === id) change(it, truth);
    });
  return {
    async unprotect({ kind, name }) {
      const isIt = (it: { kind: string; name: string; exists: boolean }) => it.exists && it.kind === kind && it.name === name;
      const world =
        worlds.find(({ truth }) => Object.values(truth.things).some(isIt)) ?? refuse(`There is no ${name}.`, "DBInstanceNotFound");
      accepted({ call: "unprotect", world, name });
      world.change(({ things }) => {
        for (const it of Object.values(things)) if (isIt(it)) it.isProtected = false;
      });
    },
    async deleteWithGreen(id) {
      const { world, deployment } = existing(id);
      // RDS refuses more than that: the guard is not to rely on it.
      if (deployment.status === "DELETING") refuse(`It is ${deployment.status}.`);
      if (deployment.pairs.some(({ green }) => world.truth.things[green ?? ""]?.isProtected)) refuse("Green is protected from deletion.");
      accepted({ call: "deleteWithGreen", world, deployment });
      changed(world, id, (it, truth) => remove(truth, it, true));
    },
    async create({ Source, BlueGreenDeploymentName: name, Tags }) {
      const bears = ({ truth: { things } }: World) =>
        Object.values(things).some((it) => it.exists && it.id.startsWith("blue") && arnOf(it.kind, it.name) === Source);
      const world = worlds.find(bears) ?? refuse("There is no such source.", "DBClusterNotFoundFault");
      const tags = Object.fromEntries((Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
      const isFree = world.truth.deployments.length === 0;
      if (!isFree) refuse("It cannot be created.");
      accepted({ call: "create", world, name: name ?? "" });
      let id: string | undefined;
      world.change((truth) => {
        id = again(truth, world, tags, name);
      });
      return id ?? refuse("It cannot be created.");
    },
    async switchOver(id) {
      const { world, deployment } = existing(id);
      if (!["AVAILABLE", "SWITCHOVER_FAILED"].includes(deployment.status)) refuse(`It is ${deployment.status}.`);
      accepted({ call: "switchOver", world, deployment });
      changed(world, id, (it) => begin(it, world));
    },
  };
}
