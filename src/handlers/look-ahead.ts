import type { Rds } from "../clients/rds/rds.ts";
import type { Records } from "../clients/records.ts";
import type { Deployment, DeploymentView } from "../deployments/deployment.ts";
import { type DeploymentRecord, deploymentKey, newRecord } from "../facts/record.ts";
import { policyRequestId } from "../operations/policy-now.ts";
import { viewsOf } from "../operations/read/view-of.ts";
import { requestKey } from "../operations/request.ts";
import type { Signal } from "../rules/rule.ts";
import type { FilingDependencies, Place } from "../telling/filing.ts";
import type { News } from "../telling/news.ts";
import { readingOnce } from "../telling/reading-once.ts";
import { isWatched } from "../telling/watched.ts";

/** What a batch's turns begin with, by the key of a record. */
export interface Ahead {
  /** What RDS shows of a deployment that it lists. */
  view(key: string): Promise<DeploymentView | undefined>;
  /** What the table holds of it. */
  stored(key: string): Promise<Pick<News, "record" | "reads">>;
}

/**
 * Begins to read what the turns of a batch need, while its events are being filed: the databases of all deployments in one pair of calls and,
 * unless `isAmended` first, the records. `listed` are the deployments that RDS lists now.
 */
export function lookAhead(
  places: readonly Place[],
  listed: readonly Deployment[],
  isAmended: boolean,
  { rds, records, watch }: AheadDependencies,
): Ahead {
  const concerned = new Set(places.flatMap(({ deployment }) => (deployment && isWatched(deployment, watch) ? [deployment] : [])));
  const views = concerned.size === 0 ? Promise.resolve([]) : viewsOf([...concerned], rds);
  const ruined = new Set(places.flatMap(({ deployment, signal }) => (signal && mayRuin(signal) && deployment ? [deployment.id] : [])));
  const keys = isAmended ? [] : [...concerned].map(({ id }) => id);
  const stored = new Map(keys.map((id) => [deploymentKey(id), storedOf(id, ruined.has(id), records)]));
  // Who needs them hears of their failures.
  for (const it of [views, ...stored.values()]) it.catch(() => undefined);
  return {
    async view(key) {
      const deployment = listed.find(({ id }) => deploymentKey(id) === key);
      if (!deployment) return undefined;
      // It was filed before, when RDS listed something else.
      if (!concerned.has(deployment)) return (await viewsOf([deployment], rds))[0];
      return (await views).find((it) => it.deployment === deployment);
    },
    async stored(key) {
      return (await stored.get(key)) ?? {};
    },
  };
}

/** What looking ahead needs from the outside. */
export interface AheadDependencies extends Pick<FilingDependencies, "watch"> {
  rds: Pick<Rds, "databases" | "endpoints">;
  records: Pick<Records, "read">;
}

/** The policy asks for nothing before that. */
const mayRuin = ({ rule, reading }: Signal): boolean => rule.severity === "critical" || reading.degraded || reading.terminated === true;

async function storedOf(id: string, isRuined: boolean, records: Pick<Records, "read">): Promise<Pick<News, "record" | "reads">> {
  const reads = readingOnce(records);
  const [record] = await Promise.all([
    records.read<DeploymentRecord>(deploymentKey(id)),
    isRuined && reads.read(requestKey(policyRequestId(id))),
  ]);
  return { record: record ?? newRecord(deploymentKey(id)), reads };
}
