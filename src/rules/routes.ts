import type { Home } from "../events/home.ts";
import { rules } from "./index.ts";
import type { ReadSource, Rule } from "./rule.ts";

/** An EventBridge event pattern in the form that the routes use. */
export interface RoutePattern {
  source: string[];
  account?: string[];
  region?: string[];
  "detail-type": string[];
  detail?: { $or: [{ EventID: string[] }, { Message: ({ prefix: string } | { wildcard: string })[] }] };
}

/** The three EventBridge rules, called routes because "rule" means the guard's own rules. */
export type RouteName = "deployment" | "cluster" | "instance";

/**
 * Returns the event patterns of the three routes, one per detail-type and so disjoint. They match every event of a deployment, and
 * the events of clusters and instances whose id or text a rule names; with `home`, those of that account and Region alone.
 *
 * Source: EventBridge user guide, "Creating Amazon EventBridge event patterns" (a pattern has at most 2,048 characters; EventBridge
 * refuses a rule with too many wildcards).
 */
export function routes(of: readonly Rule[] = rules, home?: Home): Record<RouteName, RoutePattern> {
  const own = home && { account: [home.account], region: [home.region] };
  const common = (detailType: string): RoutePattern => ({ source: ["aws.rds"], ...own, "detail-type": [detailType] });
  return {
    deployment: common("RDS Blue Green Deployment Event"),
    cluster: { ...common("RDS DB Cluster Event"), detail: detailOf(of, "db-cluster") },
    instance: { ...common("RDS DB Instance Event"), detail: detailOf(of, "db-instance") },
  };
}

function detailOf(of: readonly Rule[], source: ReadSource): RoutePattern["detail"] {
  const named = of.filter((rule) => rule.sources.includes(source));
  const prefixes = unique(named.flatMap((rule) => rule.prefixes)).map((prefix) => ({ prefix }));
  const wildcards = unique(named.flatMap((rule) => rule.wildcards ?? [])).map((wildcard) => ({ wildcard }));
  return { $or: [{ EventID: unique(named.flatMap((rule) => rule.eventIds)) }, { Message: [...prefixes, ...wildcards] }] };
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
