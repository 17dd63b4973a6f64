import { type RouteName, routes } from "../src/rules/routes.ts";
import { matchesPattern } from "./event-pattern.ts";

/** Returns the route whose EventBridge pattern an event matches, or undefined; the three are disjoint. */
export function routeOf(event: unknown): RouteName | undefined {
  const names = Object.keys(PATTERNS) as RouteName[];
  return names.find((name) => matchesPattern({ ...PATTERNS[name] }, event));
}

const PATTERNS = routes();
