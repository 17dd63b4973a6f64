import { databasesUrl, databaseUrl, eventsUrl, lagUrl } from "../../deployments/console-links.ts";
import type { Standing } from "../../standing/standing.ts";
import type { Form } from "../form.ts";

/** The logs of one instance of the Region and account of `arn`. */
export function logLink(arn: string, instance: string, as: Form): string {
  const own = [...arn.split(":").slice(0, 5), "db", instance].join(":");
  const url = databaseUrl(own, "logs-and-events");
  return url === undefined ? `engine log of ${as.code(instance)}` : `${as.link(url, "engine log")} of ${as.code(instance)}`;
}

/** The pages in the AWS console that a card's reader wants: the databases, the events and, where a lag is read, its graph. */
export function linksOf({ source, target, lag }: Pick<Standing, "source" | "target" | "lag">, as: Form): string {
  const { lag: read } = lag ?? {};
  const pages: [url: string | undefined, words: string][] = [
    [databaseUrl(source.arn), "Blue"],
    [target && databaseUrl(target.arn), "Green"],
    [databasesUrl(source.arn), "Deployments"],
    [eventsUrl(source.arn), "Events"],
    [read?.state === "measured" ? lagUrl(source.arn, read.metric) : undefined, "Lag"],
  ];
  const links = pages.flatMap(([url, words]) => (url === undefined ? [] : [as.link(url, words)]));
  return links.length === 0 ? "" : `AWS console: ${links.join(" · ")}`;
}
