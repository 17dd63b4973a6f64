import type { Pair, Thing, Truly, Truth, World } from "./world.ts";

/** Something that happens in the account, by RDS's doing or somebody's; what cannot happen as things are does nothing. */
export type Happening =
  | { do: "build" }
  | { do: "database"; pair: number; side: "blue" | "green"; status: string }
  | { do: "replication"; pair: number; says: string }
  | { do: "event"; pair: number; says: "degraded" | "stopped" | "resumed" | "cancelled" | "upgrade failed" }
  | { do: "begin" }
  | { do: "exchange"; pair: number; how: "blue alone" | "both, not said" | "both" }
  | { do: "fail"; pair: number }
  | { do: "end"; as: "completed" | "failed" | "back" }
  | { do: "drop"; pair: number; side: "blue" | "green" }
  | { do: "delete"; withGreen: boolean }
  | { do: "gone" }
  | { do: "again" }
  | { do: "by hand"; pair: number; how: "swap" | "away"; listed: "new names" | "old names" }
  | { do: "replace" }
  | { do: "protect" }
  | { do: "invalid" };

/** Lets it happen to the newest deployment. */
export function happen(truth: Truth, happening: Happening, world: World): void {
  const deployment = truth.deployments.at(-1);
  if (happening.do === "again") return void again(truth, world);
  if (!deployment) return;
  const pair = "pair" in happening ? deployment.pairs[happening.pair % deployment.pairs.length] : undefined;
  const scene: Scene = { truth, deployment, world, blue: pair && truth.things[pair.blue], green: truth.things[pair?.green ?? ""] };
  if (pair) ofPair(scene, pair, happening);
  else ofDeployment(scene, happening);
}

interface Scene {
  truth: Truth;
  deployment: Truly;
  world: World;
  blue?: Thing;
  green?: Thing;
}

function ofDeployment({ truth, deployment, world }: Scene, happening: Happening): void {
  const { status, pairs, name, id } = deployment;
  switch (happening.do) {
    case "build":
      if (status !== "PROVISIONING") return;
      deployment.built = true;
      deployment.status = "AVAILABLE";
      for (const pair of pairs) if (pair.status === "PROVISIONING") pair.status = "AVAILABLE";
      return void world.say(
        "BLUE_GREEN_DEPLOYMENT",
        id,
        `Blue/green deployment tasks completed. You can make more modifications to the green environment databases or switch over the deployment.`,
      );
    case "begin":
      return void begin(deployment, world);
    case "end":
      return void end(truth, deployment, happening.as, world);
    case "invalid":
      if (status === "AVAILABLE") deployment.status = "INVALID_CONFIGURATION";
      return;
    case "protect":
      for (const { green } of pairs) {
        const thing = truth.things[green ?? ""];
        if (thing?.exists && thing.kind !== "cluster-endpoint") thing.isProtected = !thing.isProtected;
      }
      return;
    case "replace":
      return void replace(truth, pairs[0]);
    case "delete":
      if (status === "SWITCHOVER_IN_PROGRESS" || status === "DELETING") return;
      return void remove(truth, deployment, happening.withGreen);
    case "gone":
      if (status !== "DELETING") return;
      truth.deployments = truth.deployments.filter((it) => it !== deployment);
      for (const thing of Object.values(truth.things)) if (thing.status === "deleting") thing.exists = false;
      return void world.say("BLUE_GREEN_DEPLOYMENT", id, `Blue/green deployment ${name} deleted.`);
    default:
  }
}

/** RDS has accepted a switchover. */
export function begin(deployment: Truly, world: World): void {
  if (deployment.status !== "AVAILABLE" && deployment.status !== "SWITCHOVER_FAILED") return;
  deployment.status = "SWITCHOVER_IN_PROGRESS";
  for (const pair of deployment.pairs) if (pair.status === "AVAILABLE") pair.status = "SWITCHOVER_IN_PROGRESS";
  world.say("BLUE_GREEN_DEPLOYMENT", deployment.id, `Switchover started on blue/green deployment ${deployment.name}.`);
}

function end(truth: Truth, deployment: Truly, as: "completed" | "failed" | "back", world: World): void {
  if (deployment.status !== "SWITCHOVER_IN_PROGRESS") return;
  const { pairs } = deployment;
  const begun = pairs.some((pair) => pair.status === "SWITCHOVER_COMPLETED" || truth.things[pair.green ?? ""]?.name === pair.name);
  if (as === "completed" && begun) {
    deployment.status = "SWITCHOVER_COMPLETED";
    return void world.say("BLUE_GREEN_DEPLOYMENT", deployment.id, `Switchover completed on blue/green deployment ${deployment.name}.`);
  }
  deployment.status = as === "failed" || begun ? "SWITCHOVER_FAILED" : "AVAILABLE";
  if (begun) return;
  for (const pair of pairs) {
    if (pair.status === "SWITCHOVER_IN_PROGRESS") pair.status = as === "failed" ? "SWITCHOVER_FAILED" : "AVAILABLE";
    const blue = truth.things[pair.blue];
    // RDS rolls back what it has renamed.
    if (blue?.name.startsWith(`${pair.name}-old`)) blue.name = pair.name;
  }
  world.say("BLUE_GREEN_DEPLOYMENT", deployment.id, `Switchover canceled on blue/green deployment ${deployment.name}.`);
}

/** Somebody has deleted blue and restored it from a snapshot under the same name: it is another database. */
function replace({ things }: Truth, pair: Pair | undefined): void {
  const blue = things[pair?.blue ?? ""];
  if (!blue?.exists || !blue.id.startsWith("blue") || blue.name !== pair?.name) return;
  blue.exists = false;
  const id = `${blue.id}-restored`;
  things[id] = { ...blue, id, exists: true };
  for (const it of Object.values(things)) if (it.cluster === blue.id && it.id.startsWith("blue")) it.cluster = id;
}

/** RDS has accepted a deletion. */
export function remove(truth: Truth, deployment: Truly, withGreen: boolean): void {
  deployment.status = "DELETING";
  if (!withGreen) return;
  for (const { green } of deployment.pairs) {
    const thing = truth.things[green ?? ""];
    if (thing) thing.status = "deleting";
  }
}

function ofPair({ truth, deployment, world, blue, green }: Scene, pair: Pair, happening: Happening): void {
  if (!blue || !green) return;
  switch (happening.do) {
    case "database": {
      const thing = happening.side === "blue" ? blue : green;
      if (thing.status !== "deleting") thing.status = happening.status;
      return;
    }
    case "replication":
      green.replication = happening.says;
      return;
    case "event":
      return void world.say(
        sourceOf(green),
        happening.says === "cancelled" ? blue.name : green.name,
        textOf(happening.says, pair, blue, green),
      );
    case "exchange":
      return void exchange(truth, deployment, pair, happening.how, world);
    case "fail":
      if (deployment.status === "SWITCHOVER_IN_PROGRESS" && pair.status === "SWITCHOVER_IN_PROGRESS" && blue.name === pair.name)
        pair.status = "SWITCHOVER_FAILED";
      return;
    case "drop": {
      const thing = happening.side === "blue" ? blue : green;
      thing.exists = false;
      pair.status = happening.side === "blue" ? "MISSING_SOURCE" : "MISSING_TARGET";
      return;
    }
    case "by hand": {
      // A custom endpoint cannot be renamed. Source: RDS API, ModifyDBClusterEndpoint.
      if (blue.kind === "cluster-endpoint" || !blue.exists || !green.exists) return;
      if (happening.listed === "old names") pair.frozen ??= { source: blue.name, target: green.name };
      const [before, after] = [blue.name, green.name];
      blue.name = happening.how === "swap" ? `${before}-aside` : `${before}-away`;
      if (happening.how === "swap") [green.name, blue.name] = [before, after];
      return;
    }
    default:
  }
}

const sourceOf = ({ kind }: Thing) => (kind === "cluster" ? "CLUSTER" : "DB_INSTANCE");

function textOf(says: (Happening & { do: "event" })["says"], pair: Pair, blue: Thing, green: Thing): string {
  if (says === "degraded") return "Replication has been degraded.";
  if (says === "stopped") return "Replication has stopped.";
  if (says === "resumed") return "Replication for the Read Replica resumed";
  if (says === "upgrade failed") return "The DB engine version upgrade failed.";
  const kind = blue.kind === "cluster" ? "DB cluster" : "primary";
  return `Switchover from ${kind} ${pair.name} to ${green.name} was canceled due to external replication.`;
}

/** Aurora renames blue and then green, and the API shows the end of a member last. */
function exchange(truth: Truth, deployment: Truly, pair: Pair, how: "blue alone" | "both, not said" | "both", world: World): void {
  const blue = truth.things[pair.blue];
  const green = truth.things[pair.green ?? ""];
  const isUnderWay = deployment.status === "SWITCHOVER_IN_PROGRESS" || deployment.status === "SWITCHOVER_COMPLETED";
  if (!isUnderWay || !blue?.exists || !green?.exists || pair.status !== "SWITCHOVER_IN_PROGRESS" || pair.frozen) return;
  const greenName = green.name;
  const taken = new Set(Object.values(truth.things).map((it) => `${it.kind} ${it.name}`));
  const free = [1, 2, 3].find((it) => !taken.has(`${blue.kind} ${pair.name}-old${it}`));
  if (blue.name === pair.name) blue.name = `${pair.name}-old${free}`;
  if (how === "blue alone") return;
  green.name = pair.name;
  if (how === "both, not said") return;
  pair.status = "SWITCHOVER_COMPLETED";
  const kind = blue.kind === "cluster" ? "DB cluster" : "primary";
  const renamed = `Renamed ${pair.name} to ${blue.name} and ${greenName} to ${pair.name}.`;
  if (blue.kind !== "cluster-endpoint")
    world.say(sourceOf(blue), pair.name, `Switchover from ${kind} ${pair.name} to ${greenName} completed. ${renamed}`);
}

/** Somebody, or the guard, has it created again on the same blue. */
export function again(
  truth: Truth,
  world: World,
  tags: Record<string, string> = {},
  name = `again${world.number || ""}`,
): string | undefined {
  // The deployment's own source is the first, also after it was restored.
  const order = ({ id }: Thing) => Number(/-(\d+)/.exec(id)?.[1]);
  const blues = Object.values(truth.things)
    .filter((it) => it.exists && it.id.startsWith("blue"))
    .sort((a, b) => order(a) - order(b));
  if (truth.deployments.length > 0 || blues.length === 0) return undefined;
  const count = world.ever.size + 1;
  const id = `bgd-hidden${String(world.number * 1_000 + count).padStart(10, "0")}`;
  const digit = count.toString(36).slice(-1);
  const cluster = blues.find(({ kind }) => kind === "cluster");
  const pairs = blues.map((blue): Pair => {
    const green = `green${count}-${blue.id}`;
    const ofCluster = blue.cluster === undefined ? {} : { cluster: `green${count}-${cluster?.id}` };
    truth.things[green] = {
      ...blue,
      ...ofCluster,
      id: green,
      name: `${blue.name}-green-n${digit}w5d${digit}`,
      version: "15.5",
      replication: undefined,
    };
    return { name: blue.name, blue: blue.id, green, status: "PROVISIONING", listed: true };
  });
  truth.deployments.push({ id, name, status: "PROVISIONING", built: false, createTime: new Date(world.now).toISOString(), pairs, tags });
  return id;
}
