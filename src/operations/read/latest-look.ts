import type { Rds } from "../../clients/rds/rds.ts";
import { rdsName } from "../../deployments/arn.ts";
import type { Database, Deployment, DeploymentView } from "../../deployments/deployment.ts";
import { viewAt } from "./view-of.ts";

type Asked = Pick<Rds, "deployment" | "databases" | "endpoints">;

/** What RDS showed of a deployment, and when it was asked (milliseconds since 1970). */
export interface LatestLook {
  view: DeploymentView;
  at: number;
}

/** How long what a look showed may be told as what RDS shows now. */
const FRESH_MS = 5_000;

/**
 * The same RDS, and what it shows of a deployment that was just looked at: who tells of it asks only for what is not known.
 *
 * `latest` is undefined if nothing was looked at for five seconds. A deployment is asked for again after each of the `changes`. Nobody
 * decides anything by it.
 */
export function keepingLatest<R extends Asked>(
  rds: R,
  changes: readonly string[],
  now: () => number,
): { rds: R; latest(id: string): Promise<LatestLook | undefined> } {
  let shown: { deployment: Deployment; at: number } | undefined;
  let described: { databases: Database[]; at: number } | undefined;
  const changing = Object.entries(rds).flatMap(([name, call]: [string, unknown]) => {
    if (!changes.includes(name) || typeof call !== "function") return [];
    const change = (...given: unknown[]): unknown => {
      shown = undefined;
      return call(...given);
    };
    return [[name, change] as const];
  });
  const kept: Pick<Asked, "deployment" | "databases"> = {
    async deployment(id) {
      const at = now();
      const deployment = await rds.deployment(id);
      shown = deployment && { deployment, at };
      return deployment;
    },
    async databases(of) {
      const at = now();
      const databases = await rds.databases(of);
      described = { databases, at };
      return databases;
    },
  };
  return {
    rds: { ...rds, ...Object.fromEntries(changing), ...kept },
    async latest(id) {
      const { databases, at } = described ?? { databases: [], at: 0 };
      if (now() - at > FRESH_MS) return undefined;
      const own = shown?.deployment.id === id && now() - shown.at <= FRESH_MS ? shown : undefined;
      const askedAt = own?.at ?? now();
      const deployment = own?.deployment ?? (await rds.deployment(id));
      if (!deployment) return undefined;
      if (!isDescribed(deployment, databases)) return { view: await viewAt(deployment, rds), at: askedAt };
      const known = { databases: async () => databases, endpoints: rds.endpoints };
      return { view: await viewAt(deployment, known), at: Math.min(at, askedAt) };
    },
  };
}

/** True if these are all the databases that the deployment names, and perhaps others. */
function isDescribed(deployment: Deployment, databases: readonly Database[]): boolean {
  const named = [deployment, ...deployment.members].flatMap(({ source, target }) => [source, target]);
  const arns = new Set(databases.map(({ arn }) => arn));
  return named.every((arn) => arn === undefined || !["cluster", "db"].includes(rdsName(arn).kind) || arns.has(arn));
}
