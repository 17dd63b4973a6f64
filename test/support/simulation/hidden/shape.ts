import type { Pair, Thing, Truth } from "./world.ts";

/** What a deployment is made of. */
export interface Shape {
  kind: "aurora" | "rds";
  /** What blue is called: names that RDS gives to green and to old blue can be in use. */
  name: string;
  instances: number;
  endpoint: boolean;
  /** False where SwitchoverDetails lists the cluster alone. */
  listed: boolean;
  built: boolean;
  /** Whether green has deletion protection. */
  isProtected?: boolean;
  /** Whether the guard has looked before anything happens. */
  seen: boolean;
}

/** The deployment of a shape as it begins at `start` (milliseconds since 1970), in the world with this number. */
export function truthOf({ kind, name, instances, endpoint, listed, built, isProtected = false }: Shape, start: number, world = 0): Truth {
  const things: Record<string, Thing> = {};
  const pairs: Pair[] = [];
  const inWorld = world === 0 ? "" : String(world);
  const add = (thingKind: Thing["kind"], of: string, isListed: boolean, cluster: boolean) => {
    const number = pairs.length;
    const blue = `blue${inWorld}-${number}`;
    const green = `green${inWorld}-${number}`;
    const both = { kind: thingKind, exists: true, status: "available" };
    things[blue] = { ...both, id: blue, name: of, version: "14.10", ...(cluster && { cluster: `blue${inWorld}-0` }) };
    const greenName = `${of}-green-k${number}q7zx`;
    things[green] = {
      ...both,
      ...(isProtected && thingKind !== "cluster-endpoint" && { isProtected }),
      id: green,
      name: greenName,
      version: "15.5",
      ...(cluster && { cluster: `green${inWorld}-0` }),
    };
    const status = built ? "AVAILABLE" : "PROVISIONING";
    pairs.push({ name: of, blue, green, status, listed: isListed });
  };
  add(kind === "aurora" ? "cluster" : "db", name, true, false);
  for (let index = 1; index <= instances; index += 1) add("db", `${name}-${index}`, listed || kind === "rds", kind === "aurora");
  if (endpoint && kind === "aurora") add("cluster-endpoint", `${name}-reports`, true, false);
  const createTime = new Date(start - 3_600_000).toISOString();
  const status = built ? "AVAILABLE" : "PROVISIONING";
  return {
    things,
    deployments: [
      {
        id: `bgd-hidden${String(world * 1_000 + 1).padStart(10, "0")}`,
        name: `upgrade${inWorld}`,
        status,
        built,
        createTime,
        pairs,
        tags: {},
      },
    ],
  };
}
