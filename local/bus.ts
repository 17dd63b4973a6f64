import { type RouteName, routes } from "../src/rules/routes.ts";
import { matchesPattern } from "./event-pattern.ts";
import { ACCOUNT, REGION } from "./queue/names.ts";

/** Returns the route whose EventBridge pattern an event matches, or undefined; the three are disjoint, and take events of any account. */
export const routeOf = (event: unknown): RouteName | undefined => routeIn(ANYWHERE, event);

/** The same for the account and Region of everything on one machine, as the routes are deployed. */
export const ownRouteOf = (event: unknown): RouteName | undefined => routeIn(OWN, event);

function routeIn(patterns: typeof OWN, event: unknown): RouteName | undefined {
  const names = Object.keys(patterns) as RouteName[];
  return names.find((name) => matchesPattern({ ...patterns[name] }, event));
}

const ANYWHERE = routes();
const OWN = routes(undefined, { account: ACCOUNT, region: REGION });
