import { databasesUrl, databaseUrl, eventsUrl, lagUrl, logGroupUrl } from "../../deployments/console-links.ts";
import type { Standing } from "../../standing/standing.ts";
import type { Form } from "../form.ts";

/** The guard's own log, in the Region of `arn`; empty where it has none in CloudWatch. */
export function guardLog(arn: string, as: Form): string {
  const url = as.logGroup === undefined ? undefined : logGroupUrl(arn, as.logGroup);
  return url === undefined ? "" : as.link(url, "the guard's log");
}

/** The logs of one instance of the Region and account of `arn`. */
export function logLink(arn: string, instance: string, as: Form): string {
  const own = [...arn.split(":").slice(0, 5), "db", instance].join(":");
  const url = databaseUrl(own, "logs-and-events");
  return url === undefined ? `engine log of ${as.code(instance)}` : `${as.link(url, "engine log")} of ${as.code(instance)}`;
}

/** The pages in the AWS console that a reader wants: both sides, the list of deployments, the events and, where a lag is read, its graph. */
export function linksOf(
  { source, target, lag, exists, switched, renamed }: Pick<Standing, "source" | "target" | "lag" | "exists" | "switched" | "renamed">,
  as: Form,
): string[] {
  if (!exists) return [];
  const { lag: read } = lag ?? {};
  const pages: [url: string | undefined, words: string][] = [
    [databaseUrl(source.arn), switched && renamed ? "Old blue" : "Blue"],
    [target && databaseUrl(target.arn), switched && renamed ? "New blue" : "Green"],
    [databasesUrl(source.arn), "RDS console"],
    [eventsUrl(source.arn), "Events"],
    [read?.state === "measured" ? lagUrl(source.arn, read.metric) : undefined, "Lag"],
  ];
  return pages.flatMap(([url, words]) => (url === undefined ? [] : [as.link(url, words)]));
}
