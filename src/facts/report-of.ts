import type { Deployment } from "../deployments/deployment.ts";
import { sideOf } from "../deployments/membership.ts";
import { deliveryKey } from "../events/rds-event.ts";
import type { Signal } from "../rules/rule.ts";
import type { Report } from "./facts.ts";

/** What an event tells about its deployment. */
export function reportOf({ rule, event, reading }: Signal, deployment: Deployment | undefined): Report {
  return {
    delivery: deliveryKey(event),
    source: "event",
    signal: rule.id,
    at: event.date,
    sourceIdentifier: event.sourceIdentifier,
    side: deployment && sideOf(event, deployment),
    message: event.message,
    reading,
  };
}

/** False for what the API showed, which the guard notices minutes late. */
export const isEvent = ({ source }: Pick<Report, "source">): boolean => source === "event";
